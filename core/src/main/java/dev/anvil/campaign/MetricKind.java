package dev.anvil.campaign;

import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Metric;
import dev.anvil.campaign.header.Headers.Unit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a metric's values can be: how they are read, and which target is made of them
 * (docs/method.md section 1). Decided once, at import, and kept with the {@link Campaign}.
 */
public enum MetricKind {
  /** How often something happened: a whole number, 0 or more. */
  COUNT("a whole number, 0 or more"),
  /** A share from 0 to 1. */
  RATE("a share from 0 to 1 or a percentage such as 1.2%"),
  /** Any other quantity, 0 or more: revenue, or conversions that are shared between ads. */
  AMOUNT("a number, 0 or more"),
  /** Any number, negative ones too: a sentiment score. */
  VALUE("a number");

  /** A count with more fractions than this is no count: conversions are often shared out. */
  private static final double FRACTIONS = .05;

  private static final String SHARED = "result";

  /** More may leave than come. */
  private static final String NET = "follow";

  private final String expected;

  MetricKind(String expected) {
    this.expected = expected;
  }

  /**
   * The kind that a metric's name and values suggest. A name such as {@code ctr} makes it a {@link
   * #RATE}, and so do values that are all within 0 to 1, some of them fractions, whatever the name;
   * a name such as {@code likes} makes it a {@link #COUNT}, unless many values are fractions or it
   * counts followers, of whom more may leave than come. Else a value below 0 makes it a {@link
   * #VALUE}, and all others are an {@link #AMOUNT}.
   *
   * @param values NaN where not measured
   */
  public static MetricKind of(String metric, double[] values) {
    Optional<Metric> named = Headers.KNOWN.metric(metric);
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    boolean bounded = known.length > 0 && Arrays.stream(known).allMatch(v -> v >= 0 && v <= 1);
    long fractions = Arrays.stream(known).filter(v -> v != Math.rint(v)).count();
    boolean counted = named.filter(m -> m.unit() == Unit.COUNT).isPresent();
    boolean shared = named.filter(m -> m.word().equals(SHARED)).isPresent() && fractions > 0;
    if (!shared && (isRate(named) || (bounded && fractions > 0))) {
      return RATE;
    }
    boolean negative = Arrays.stream(known).anyMatch(v -> v < 0);
    boolean net = negative && named.filter(m -> m.word().equals(NET)).isPresent();
    if (counted && !shared && !net && fractions <= FRACTIONS * known.length) {
      return COUNT;
    }
    return negative ? VALUE : AMOUNT;
  }

  /** Whether a name tells a count that is never shared out, as likes and not conversions. */
  static boolean isWhole(String metric) {
    return Headers.KNOWN
        .metric(metric)
        .filter(m -> m.unit() == Unit.COUNT && !m.word().equals(SHARED))
        .isPresent();
  }

  private static boolean isRate(Optional<Metric> named) {
    return named.filter(m -> m.unit() == Unit.RATE).isPresent();
  }

  /** What a value has to be, for messages. */
  String expected() {
    return expected;
  }

  /** Whether a number can be a value. */
  boolean allows(double value) {
    return switch (this) {
      case COUNT -> value >= 0 && value == Math.rint(value);
      case RATE -> value >= 0 && value <= 1;
      case AMOUNT -> value >= 0;
      case VALUE -> Double.isFinite(value);
    };
  }
}
