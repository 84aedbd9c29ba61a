package dev.anvil.stats;

/**
 * A variance that was estimated, and how well.
 *
 * @param variance not negative
 * @param degreesOfFreedom of its estimate, at least 1
 */
public record VarianceTerm(double variance, double degreesOfFreedom) {
  /** No variance. */
  public static final VarianceTerm NONE = new VarianceTerm(0, 1);

  public VarianceTerm {
    if (!(variance >= 0) || !(degreesOfFreedom >= 1)) {
      throw new IllegalArgumentException(
          "variance %s with %s degrees of freedom; expected none below 0 and at least 1"
              .formatted(variance, degreesOfFreedom));
    }
  }

  /** The sum with an independent one, its degrees of freedom after Satterthwaite (1946). */
  public VarianceTerm plus(VarianceTerm other) {
    double sum = variance + other.variance;
    double spread =
        variance * variance / degreesOfFreedom
            + other.variance * other.variance / other.degreesOfFreedom;
    return new VarianceTerm(
        sum,
        spread > 0
            ? Math.max(1, sum * sum / spread)
            : Math.max(degreesOfFreedom, other.degreesOfFreedom));
  }
}
