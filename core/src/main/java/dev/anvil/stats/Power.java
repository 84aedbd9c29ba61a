package dev.anvil.stats;

import java.util.OptionalInt;

/**
 * What a design can find.
 *
 * @param alpha two-sided error of the first kind, for example .05
 * @param power probability of finding an effect that is there, for example .8
 */
public record Power(double alpha, double power) {
  /** Where the search for a number of sources gives up. */
  private static final int MOST = 1_000_000;

  public Power {
    Checks.share(alpha, "alpha");
    Checks.share(power, "power");
  }

  /** Smallest effect that is found with the power asked for, in the units of the error. */
  public double minimumDetectable(double standardError, double degreesOfFreedom) {
    if (!(standardError >= 0)) {
      throw new IllegalArgumentException("standardError is %s".formatted(standardError));
    }
    StudentT t = new StudentT(degreesOfFreedom);
    return (t.quantile(1 - alpha / 2) + t.quantile(power)) * standardError;
  }

  /**
   * Number of sources in all with which an effect of the size seen would be resolved: distinguished from
   * zero, or, if it lies within the bound, shown to be equivalent to zero.
   *
   * @param effect as seen in the pilot
   * @param bound smallest effect of interest, above 0, in the same units
   * @param pilot variances of the mean in the pilot; that of the refits does not fall with sources
   * @return empty when more sources alone would not do, because the refits differ too much
   */
  public OptionalInt sourcesToResolve(double effect, double bound, MeanVariance pilot) {
    Checks.positive(bound, "bound");
    if (!resolves(effect, bound, pilot.withSources(MOST))) {
      return OptionalInt.empty();
    }
    int low = 2;
    int high = MOST;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (resolves(effect, bound, pilot.withSources(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return OptionalInt.of(low);
  }

  private boolean resolves(double effect, double bound, MeanVariance variance) {
    double size = Math.abs(effect);
    double error = variance.standardError();
    double df = variance.degreesOfFreedom();
    StudentT t = new StudentT(df);
    // both one-sided tests must succeed: conservatively, each with half the chance of a miss
    double equivalence = (t.quantile(1 - alpha) + t.quantile((1 + power) / 2)) * error;
    return size >= minimumDetectable(error, df) || bound - size >= equivalence;
  }
}
