package dev.anvil.predict.target;

import static java.util.Objects.requireNonNull;

/**
 * The metric of posts as a transform takes it. Arrays are read only.
 *
 * @param values one per post, NaN where not measured
 * @param smoothed how they were smoothed, where they were
 */
public record Measured(double[] values, Smoothed smoothed) {
  public Measured {
    requireNonNull(values, "values is null");
    requireNonNull(smoothed, "smoothed is null");
    if (!smoothed.isNone() && smoothed.weights().length != values.length) {
      throw new IllegalArgumentException(
          "found %d values and %d weights".formatted(values.length, smoothed.weights().length));
    }
  }

  /** Values that were not smoothed. */
  public static Measured of(double[] values) {
    return new Measured(values, Smoothed.none());
  }

  /** How much a post counts. */
  double weight(int post) {
    return smoothed.isNone() ? 1 : smoothed.weights()[post];
  }

  /** What was measured less the value; 0 where that was not smoothed. */
  double excess(int post) {
    return smoothed.isNone() ? 0 : smoothed.excess()[post];
  }
}
