package dev.anvil.predict.target;

import java.util.Arrays;
import java.util.Locale;

/** What kind of number a metric is; decides how the target is made of it. */
public enum TargetKind {
  /** Zero or more without a bound: likes, clicks, impressions. */
  COUNT,
  /** A share from 0 to 1: click-through rate. */
  RATE,
  /** Any number, negative ones too: a sentiment score. */
  VALUE;

  /**
   * The kind that a metric's name and values suggest: a value below 0 makes it a {@link #VALUE};
   * all within 0 to 1, with fractions or under a name such as {@code ctr} or {@code click_rate},
   * make it a {@link #RATE}; anything else is a {@link #COUNT}.
   *
   * @param values NaN where not measured
   */
  public static TargetKind of(String name, double[] values) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    if (Arrays.stream(known).anyMatch(v -> v < 0)) {
      return VALUE;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean named = lower.matches("(.*[^a-z])?(ctr|cvr|rate|ratio|share)([^a-z].*)?");
    boolean fractions = Arrays.stream(known).anyMatch(v -> v != Math.rint(v));
    boolean bounded = known.length > 0 && Arrays.stream(known).allMatch(v -> v <= 1);
    return bounded && (named || fractions) ? RATE : COUNT;
  }
}
