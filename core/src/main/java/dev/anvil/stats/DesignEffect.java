package dev.anvil.stats;

/**
 * What correlated observations are worth (Kish 1965).
 *
 * @param perGroup observations of one group, such as variants of one picture; an average may be
 *     given
 * @param correlation intraclass correlation, 0 to 1
 */
public record DesignEffect(double perGroup, double correlation) {
  public DesignEffect {
    Checks.positive(perGroup, "perGroup");
    Checks.probability(correlation, "correlation");
  }

  /** By how much the variance of the mean exceeds that of independent observations. */
  public double factor() {
    return 1 + (perGroup - 1) * correlation;
  }

  /** Independent observations that one group is worth. */
  public double worthPerGroup() {
    return perGroup / factor();
  }
}
