package dev.anvil.engine.outcome;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.anvil.monitor.Delay;
import dev.anvil.monitor.Fatigue;
import dev.anvil.monitor.PictureDrift;
import dev.anvil.monitor.Watch;
import dev.anvil.stats.Interval;
import java.util.List;
import java.util.Optional;

/**
 * How a model does on posts that came after it.
 *
 * @param model run of the fit
 * @param metric that it predicts
 * @param years to a false alarm on average, at least, over all series together
 * @param posts numbers of later posts
 * @param promise whether intervals that were given before the metric was known hold it; empty where
 *     there are none yet
 * @param afterwards the same of posts that were first seen with their metric, which is no promise
 * @param watches series that are watched
 * @param pictures whether pictures are of another kind; empty where nothing can be said
 * @param unlike pictures that are least like those learned from, where they are of another kind
 * @param fatigue one per element and repeated creative
 * @param delays how soon drops of the metric would be found
 * @param toDo what to do now, in a sentence or three
 * @param notes what was left out, and why
 */
public record MonitorOutcome(
    long run,
    long model,
    String metric,
    double years,
    LaterPosts posts,
    Optional<Kept> promise,
    Optional<Kept> afterwards,
    List<Watch> watches,
    Optional<PictureDrift> pictures,
    List<String> unlike,
    List<Fatigue> fatigue,
    List<DropDelay> delays,
    List<String> toDo,
    List<String> notes)
    implements Outcome {
  public MonitorOutcome {
    watches = List.copyOf(watches);
    unlike = List.copyOf(unlike);
    fatigue = List.copyOf(fatigue);
    delays = List.copyOf(delays);
    toDo = List.copyOf(toDo);
    notes = List.copyOf(notes);
  }

  /**
   * Posts that came after the fit.
   *
   * @param all of them
   * @param mature of them, those whose metric is known and does not grow any more
   * @param waiting of them, those that are predicted and whose metric is awaited
   */
  public record LaterPosts(int all, int mature, int waiting) {}

  /**
   * Prediction intervals that were kept.
   *
   * @param level share that they should hold
   * @param held share that they held, with its 95 % interval
   * @param posts that it was counted on
   */
  public record Kept(double level, Interval held, int posts) {}

  /**
   * How soon a drop would be found.
   *
   * @param drop of the metric, as a share
   */
  public record DropDelay(double drop, Delay delay) {}

  /** Whether any alarm was raised. */
  @JsonIgnore
  public boolean isAlarmed() {
    return watches.stream().anyMatch(w -> w.alarm().isPresent()) || !unlike.isEmpty();
  }
}
