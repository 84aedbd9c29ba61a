package dev.anvil.engine.service.monitor;

import dev.anvil.monitor.Delay;
import dev.anvil.monitor.Evidence.DropDelay;
import dev.anvil.monitor.Timed;
import dev.anvil.monitor.Watch;
import dev.anvil.predict.target.TargetTransform;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Changes of the metric as shifts of the target at the end of a campaign. */
record Drops(LaterPosts later) {
  private static final List<Double> DROPS = List.of(.1, .2, .3);

  /** Farther from the mean, in training standard deviations, no target is. */
  private static final double FARTHEST = 8;

  private static final int HALVINGS = 60;

  /** A shift of the target, as a relative change of the metric of an average post. */
  double relative(double shift) {
    TargetTransform transform = later.transform();
    Optional<LocalDateTime> end =
        later.posts().isEmpty()
            ? transform.state().end()
            : later.posts().get(later.posts().size() - 1).time();
    return transform.ratio(end, 0, shift).orElse(0);
  }

  /** The inverse of {@link #relative}. */
  double shift(double relative) {
    double low = -FARTHEST;
    double high = FARTHEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (relative(middle) < relative) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * How soon drops would be found.
   *
   * @param quiet residuals from before
   * @param years to a false alarm of the series on average, at least
   */
  List<DropDelay> delays(List<Timed> quiet, double years, long seed) {
    return quiet.size() < Watch.LEAST_QUIET
        ? List.of()
        : DROPS.stream()
            .map(drop -> new DropDelay(drop, Delay.of(quiet, shift(-drop), true, years, seed)))
            .toList();
  }
}
