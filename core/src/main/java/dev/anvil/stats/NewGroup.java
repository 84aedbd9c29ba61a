package dev.anvil.stats;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Where the effect in a group that was not looked at is expected, after groups whose effects may
 * differ (Nagashima, Noma and Furukawa 2019, Statistical Methods in Medical Research 28, 1689).
 *
 * <p>From few groups the variance between them is often estimated as nil although it is not. So it
 * is not taken as estimated: it follows its confidence distribution, by which the weighted sum of
 * squares is chi-squared with one degree of freedom less than groups (the Q profile; Viechtbauer
 * 2007, Statistics in Medicine 26, 37). Given it, the mean has the standard error of Hartung and
 * Knapp and Student's t, and the new group is normal around the mean.
 *
 * <p>The distribution is a mixture of normal ones over a grid of quantiles; nothing is drawn.
 */
final class NewGroup {
  /** Quantiles of a chi-squared distribution, in the middle of as many equal parts. */
  private static final int GRID = 40;

  private static final int STEPS = 100;

  private final double[] means;
  private final double[] deviations;

  private NewGroup(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /**
   * After groups.
   *
   * @param effects one per group, of 3 or more
   * @param errors standard errors of them, above 0
   */
  static NewGroup of(double[] effects, double[] errors) {
    int freedom = effects.length - 1;
    double[] quantiles = quantiles(freedom);
    double[] means = new double[GRID * GRID];
    double[] deviations = new double[GRID * GRID];
    for (int i = 0; i < GRID; i++) {
      double tau2 = RandomEffects.variance(effects, errors, quantiles[i]);
      RandomEffects.Mean mean = RandomEffects.Mean.of(effects, errors, tau2);
      for (int j = 0; j < GRID; j++) {
        // Student's t is normal with a variance of its own
        double ofMean = mean.standardError() * mean.standardError() * freedom / quantiles[j];
        means[i * GRID + j] = mean.value();
        deviations[i * GRID + j] = Math.sqrt(tau2 + ofMean);
      }
    }
    return new NewGroup(means, deviations);
  }

  private static double[] quantiles(int freedom) {
    ChiSquaredDistribution distribution = ChiSquaredDistribution.of(freedom);
    double[] quantiles = new double[GRID];
    for (int i = 0; i < GRID; i++) {
      quantiles[i] = distribution.inverseCumulativeProbability((i + .5) / GRID);
    }
    return quantiles;
  }

  /** The value below which the effect lies with a probability. */
  double quantile(double p) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < means.length; i++) {
      double reach = Normal.quantile(Math.max(p, 1 - p)) * deviations[i];
      low = Math.min(low, means[i] - reach);
      high = Math.max(high, means[i] + reach);
    }
    for (int step = 0; step < STEPS && high - low > 1e-12 * Math.max(1, Math.abs(high)); step++) {
      double middle = (low + high) / 2;
      if (cumulative(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private double cumulative(double x) {
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      sum += Normal.cdf((x - means[i]) / deviations[i]);
    }
    return sum / means.length;
  }
}
