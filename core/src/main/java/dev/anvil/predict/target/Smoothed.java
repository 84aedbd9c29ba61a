package dev.anvil.predict.target;

import static java.util.Objects.requireNonNull;

import java.util.stream.IntStream;

/**
 * How the metric of posts was smoothed, where it is a rate per exposure (docs/method.md section 1).
 * Arrays are read only.
 *
 * @param weights how much each post counts, above 0 and 1 on average
 * @param excess what was measured of each post less the smoothed value; NaN where the metric is
 */
public record Smoothed(double[] weights, double[] excess) {
  private static final Smoothed NONE = new Smoothed(new double[0], new double[0]);

  public Smoothed {
    requireNonNull(weights, "weights is null");
    requireNonNull(excess, "excess is null");
    if (weights.length != excess.length) {
      throw new IllegalArgumentException(
          "found %d weights and %d excesses".formatted(weights.length, excess.length));
    }
  }

  /** Values are as they were measured, and all posts count alike. */
  public static Smoothed none() {
    return NONE;
  }

  public boolean isNone() {
    return weights.length == 0;
  }

  /** The values that were measured, of smoothed ones. */
  public double[] observed(double[] values) {
    double[] observed = values.clone();
    for (int i = 0; i < excess.length; i++) {
      observed[i] += excess[i];
    }
    return observed;
  }

  /** The same of some of the posts. */
  public Smoothed select(int[] rows) {
    return isNone()
        ? this
        : new Smoothed(
            IntStream.of(rows).mapToDouble(i -> weights[i]).toArray(),
            IntStream.of(rows).mapToDouble(i -> excess[i]).toArray());
  }

  /** The same with another excess. */
  public Smoothed withExcess(double[] other) {
    return new Smoothed(weights, other);
  }
}
