package dev.anvil.stats;

/**
 * Two one-sided tests for equivalence (Schuirmann 1987): that an effect lies within plus or minus a
 * bound. The only ground on which "no practical effect" may be claimed (docs/method.md section
 * 3.6).
 *
 * @param lowerP of the test that the effect is at or below minus the bound
 * @param upperP of the test that the effect is at or above the bound
 */
public record Tost(double lowerP, double upperP) {
  public Tost {
    Checks.probability(lowerP, "lowerP");
    Checks.probability(upperP, "upperP");
  }

  /** From an estimate whose error follows Student's t. */
  public static Tost of(double estimate, double standardError, double df, double bound) {
    Checks.positive(standardError, "standardError");
    Checks.positive(bound, "bound");
    StudentT t = new StudentT(df);
    return new Tost(
        t.cdf(-(estimate + bound) / standardError), t.cdf((estimate - bound) / standardError));
  }

  /** From resampling. */
  public static Tost of(BootstrapDistribution effect, double bound) {
    Checks.positive(bound, "bound");
    return new Tost(effect.cumulative(-bound), 1 - effect.cumulative(bound));
  }

  /** The p value of equivalence. */
  public double p() {
    return Math.max(lowerP, upperP);
  }
}
