package dev.anvil.predict.target;

import dev.anvil.campaign.MetricKind;
import dev.anvil.stats.Descriptive;
import java.util.Arrays;

/**
 * Values so far above all others that they would decide a fit: winsorised, they count as the
 * largest of the others.
 */
public final class Outliers {
  /** So many times the median at the least. */
  private static final double TIMES = 20;

  /** Robust standard deviations of the logarithm above its median. */
  private static final double DEVIATIONS = 5;

  /** A larger share is no exception but what this metric is like. */
  private static final double MOST = .05;

  private static final double NORMAL = 1.4826;
  private static final int FEWEST = 10;

  private Outliers() {}

  /**
   * The value that larger ones count as; infinite where there are no outliers.
   *
   * @param kind of the metric; only counts and amounts have outliers in this sense
   * @param values NaN where not measured
   */
  public static double cap(MetricKind kind, double[] values) {
    double[] positive = Arrays.stream(values).filter(v -> v > 0).toArray();
    boolean unbounded = kind == MetricKind.COUNT || kind == MetricKind.AMOUNT;
    if (!unbounded || positive.length < FEWEST) {
      return Double.POSITIVE_INFINITY;
    }
    Descriptive logs = Descriptive.of(Arrays.stream(positive).map(Math::log).toArray());
    double limit =
        Math.exp(logs.median() + Math.max(Math.log(TIMES), DEVIATIONS * NORMAL * logs.mad()));
    long above = Arrays.stream(positive).filter(v -> v > limit).count();
    return above == 0 || above > MOST * values.length
        ? Double.POSITIVE_INFINITY
        : Arrays.stream(positive).filter(v -> v <= limit).max().orElseThrow();
  }
}
