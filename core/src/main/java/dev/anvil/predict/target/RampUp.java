package dev.anvil.predict.target;

import dev.anvil.Seeds;
import dev.anvil.stats.ChangePoint;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The start-up of an account, in which the metric grows with the audience and then levels off
 * (docs/method.md section 1; the paper leaves its first years out of fitting).
 */
public final class RampUp {
  /** Posts close in time that share their luck. */
  private static final int BLOCK = 5;

  private static final int PERMUTATIONS = 499;
  private static final double ALPHA = .01;

  /** Growth from less than this share of the later level is worth leaving out. */
  private static final double STARTS_BELOW = .75;

  private RampUp() {}

  /**
   * Suggests from when on to fit: where a metric's growth ends in a level, if it does. The cube
   * root is searched, on which a few famous posts do not outweigh all others.
   *
   * @param observations of a count, in any order
   * @return empty when times are unknown, or no growth by a third or more that ends is in evidence
   *     (p above .01)
   */
  public static Optional<LocalDateTime> suggestSince(List<Observation> observations, long seed) {
    if (observations.isEmpty() || observations.stream().anyMatch(o -> o.time().isEmpty())) {
      return Optional.empty();
    }
    List<Observation> sorted =
        observations.stream().sorted(Comparator.comparing(RampUp::time)).toList();
    LocalDateTime start = time(sorted.get(0));
    double[] days =
        sorted.stream()
            .mapToDouble(o -> Duration.between(start, time(o)).toSeconds() / 86_400.0)
            .toArray();
    double[] roots = sorted.stream().mapToDouble(o -> Math.cbrt(o.value())).toArray();
    return ChangePoint.find(days, roots, BLOCK, PERMUTATIONS, ALPHA, Seeds.derive(seed, "ramp-up"))
        .filter(change -> change.slope() > 0)
        .filter(
            change ->
                change.level() - change.slope() * change.at()
                    < Math.cbrt(STARTS_BELOW) * change.level())
        .map(change -> time(sorted.get(change.index())));
  }

  private static LocalDateTime time(Observation observation) {
    return observation.time().orElseThrow();
  }
}
