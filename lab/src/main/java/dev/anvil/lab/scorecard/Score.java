package dev.anvil.lab.scorecard;

import dev.anvil.stats.Interval;
import java.util.Optional;

/**
 * What one method said of one contrast in one world.
 *
 * @param scenario of the world
 * @param world seed of the world
 * @param method name
 * @param truth relative effect, as a ratio minus one; 0 for a placebo
 * @param estimate relative effect; NaN where the method refused
 * @param low of the 95 % interval
 * @param high of the 95 % interval
 * @param claimed whether the method says, after correction for multiple contrasts, that there is an
 *     effect of the estimate's sign
 */
public record Score(
    String scenario,
    long world,
    String method,
    String factor,
    String level,
    boolean placebo,
    double truth,
    double estimate,
    double low,
    double high,
    boolean claimed) {
  /**
   * A score.
   *
   * @param relative point and interval; empty where the method refused, and then nothing is claimed
   */
  static Score of(
      String scenario,
      long world,
      String method,
      String factor,
      String level,
      boolean placebo,
      double truth,
      Optional<Interval> relative,
      boolean claimed) {
    return new Score(
        scenario,
        world,
        method,
        factor,
        level,
        placebo,
        truth,
        relative.map(Interval::point).orElse(Double.NaN),
        relative.map(Interval::low).orElse(Double.NaN),
        relative.map(Interval::high).orElse(Double.NaN),
        relative.isPresent() && claimed);
  }

  boolean answered() {
    return !Double.isNaN(estimate);
  }

  boolean covers() {
    return low <= truth && truth <= high;
  }

  /** How far the truth lies from the estimate, in halves of the interval on that side. */
  double errorInWidths() {
    double half = truth > estimate ? high - estimate : estimate - low;
    return Math.abs(truth - estimate) / half;
  }

  /** The same with an interval so many times as wide, and another claim. */
  Score scaled(double by, boolean claim) {
    return new Score(
        scenario,
        world,
        method,
        factor,
        level,
        placebo,
        truth,
        estimate,
        estimate - by * (estimate - low),
        estimate + by * (high - estimate),
        answered() && claim);
  }

  /** A claim of an effect that is not there, or of the wrong sign. */
  boolean isFalse() {
    return claimed && (truth == 0 || Math.signum(truth) != Math.signum(estimate));
  }
}
