package dev.anvil.stats;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * What a sample of finite numbers looks like.
 *
 * @param count values, at least one
 * @param mean arithmetic mean
 * @param sd standard deviation with n - 1; 0 for a single value
 * @param minimum smallest value
 * @param median quantile of one half
 * @param maximum largest value
 * @param mad median absolute deviation from the median, not scaled to the normal
 */
public record Descriptive(
    int count, double mean, double sd, double minimum, double median, double maximum, double mad) {

  /** Describes at least one value; NaN and infinity are refused. */
  public static Descriptive of(double... values) {
    Checks.finite(values, 1, "values");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = quantileOfSorted(sorted, .5);
    double[] deviations = DoubleStream.of(sorted).map(v -> Math.abs(v - median)).toArray();
    Arrays.sort(deviations);
    return new Descriptive(
        values.length,
        mean(values),
        values.length == 1 ? 0 : sd(values),
        sorted[0],
        median,
        sorted[sorted.length - 1],
        quantileOfSorted(deviations, .5));
  }

  public static double mean(double... values) {
    Checks.finite(values, 1, "values");
    return DoubleStream.of(values).sum() / values.length;
  }

  /** Standard deviation with n - 1 of at least two values. */
  public static double sd(double... values) {
    Checks.finite(values, 2, "values");
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }

  public static double median(double... values) {
    return quantile(values, .5);
  }

  /**
   * Quantile of type 7 (Hyndman and Fan 1996), the default of R and numpy.
   *
   * @param p 0 to 1
   */
  public static double quantile(double[] values, double p) {
    Checks.finite(values, 1, "values");
    Checks.probability(p, "p");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return quantileOfSorted(sorted, p);
  }

  static double quantileOfSorted(double[] sorted, double p) {
    return atPosition(sorted, (sorted.length - 1) * p);
  }

  /** Interpolates between the order statistics at a position that counts from 0. */
  static double atPosition(double[] sorted, double position) {
    double inside = Math.max(0, Math.min(sorted.length - 1, position));
    int below = (int) inside;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (inside - below) * (sorted[above] - sorted[below]);
  }
}
