package dev.anvil.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
public final class Normal {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private Normal() {}

  public static double density(double z) {
    return STANDARD.density(z);
  }

  /** Probability of at most {@code z}; relatively accurate in both tails. */
  public static double cdf(double z) {
    if (Double.isNaN(z)) {
      throw new IllegalArgumentException("z is NaN");
    }
    return STANDARD.cumulativeProbability(z);
  }

  /** The value that is not exceeded with probability {@code p}, 0 and 1 included. */
  public static double quantile(double p) {
    Checks.probability(p, "p");
    return STANDARD.inverseCumulativeProbability(p);
  }
}
