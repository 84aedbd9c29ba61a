package dev.anvil.stats;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * A test of whether estimates of one effect agree within their errors (Cochran 1954, Biometrics 10,
 * 101).
 *
 * @param q weighted sum of squares about the weighted mean
 * @param degreesOfFreedom estimates less one
 * @param p of a sum as large, if all estimate the same
 */
public record Homogeneity(double q, int degreesOfFreedom, double p) {
  /**
   * Tests independent estimates; where their errors correlate positively, p is too large.
   *
   * @param effects at least two
   * @param errors standard errors of them, above 0
   */
  public static Homogeneity of(double[] effects, double[] errors) {
    Checks.finite(effects, 2, "effects");
    Checks.finite(errors, 2, "errors");
    Checks.sameLength(effects.length, errors.length, "errors");
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < effects.length; i++) {
      Checks.positive(errors[i], "error");
      double weight = 1 / (errors[i] * errors[i]);
      sum += weight * effects[i];
      weights += weight;
    }
    double q = 0;
    for (int i = 0; i < effects.length; i++) {
      q += Math.pow((effects[i] - sum / weights) / errors[i], 2);
    }
    int df = effects.length - 1;
    return new Homogeneity(q, df, ChiSquaredDistribution.of(df).survivalProbability(q));
  }
}
