package dev.anvil.monitor;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * All that watching a model found.
 *
 * @param metric that the model predicts
 * @param years to a false alarm on average, at least, over all series together
 * @param posts numbers of later posts
 * @param promise whether intervals that were given before the metric was known hold it; empty where
 *     there are none yet
 * @param afterwards the same of posts that were first seen with their metric, which is no promise
 * @param watches series that are watched
 * @param pictures whether pictures are of another kind
 * @param fatigue one per element and repeated creative
 * @param delays how soon drops of the metric would be found
 * @param effects of a study by year or quarter; empty where they were not asked for
 * @param challenge whether fitting again would have helped; empty where it was not asked for
 */
public record Evidence(
    String metric,
    double years,
    Posts posts,
    Optional<Kept> promise,
    Optional<Kept> afterwards,
    List<Watch> watches,
    PictureChange pictures,
    List<Fatigue> fatigue,
    List<DropDelay> delays,
    Optional<EffectsOverTime> effects,
    Optional<Challenge> challenge) {
  public Evidence {
    requireNonNull(metric, "metric is null");
    requireNonNull(posts, "posts is null");
    requireNonNull(promise, "promise is null");
    requireNonNull(afterwards, "afterwards is null");
    requireNonNull(pictures, "pictures is null");
    watches = List.copyOf(watches);
    fatigue = List.copyOf(fatigue);
    delays = List.copyOf(delays);
    requireNonNull(effects, "effects is null");
    requireNonNull(challenge, "challenge is null");
  }

  /**
   * Posts that came after the fit.
   *
   * @param all of them
   * @param mature of them, those whose metric is known and does not grow any more
   * @param waiting of them, those that are predicted and whose metric is awaited
   */
  public record Posts(int all, int mature, int waiting) {}

  /**
   * How soon a drop would be found.
   *
   * @param drop of the metric, as a share
   */
  public record DropDelay(double drop, Delay delay) {}

  /** Whether any alarm was raised. */
  @JsonIgnore
  public boolean isAlarmed() {
    return watches.stream().anyMatch(w -> w.alarm().isPresent()) || pictures.alarm();
  }
}
