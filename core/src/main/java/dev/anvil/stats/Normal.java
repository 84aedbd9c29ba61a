package dev.anvil.stats;

/** The standard normal distribution. */
public final class Normal {
  private Normal() {}

  public static double density(double z) {
    return SpecialFunctions.normalDensity(z);
  }

  /** Probability of at most {@code z}; relatively accurate in both tails. */
  public static double cdf(double z) {
    if (Double.isNaN(z)) {
      throw new IllegalArgumentException("z is NaN");
    }
    return SpecialFunctions.normalTail(-z);
  }

  /** The value that is not exceeded with probability {@code p}, 0 and 1 included. */
  public static double quantile(double p) {
    Checks.probability(p, "p");
    if (p > .5) {
      return -quantile(1 - p);
    }
    if (p == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    // Abramowitz and Stegun 26.2.23 is right to 4.5e-4; two steps of Halley's method do the rest.
    double t = Math.sqrt(-2 * Math.log(p));
    double numerator = 2.515517 + t * (.802853 + t * .010328);
    double z = numerator / (1 + t * (1.432788 + t * (.189269 + t * .001308))) - t;
    for (int i = 0; i < 3; i++) {
      double step = (cdf(z) - p) / density(z);
      z -= step / (1 + z * step / 2);
    }
    return z;
  }
}
