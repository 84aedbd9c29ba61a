package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.anvil.InvalidInputException;
import dev.anvil.segment.SegmentationTask;
import dev.anvil.segment.model.Segmenters;
import java.util.Optional;

/**
 * Which segmenter finds elements.
 *
 * @param pack name of its model pack
 * @param task that it does; empty for the one that the pack does best
 */
public record SegmenterChoice(String pack, Optional<SegmentationTask> task) {
  /** That of the bundled pack. */
  public static final SegmenterChoice BUNDLED =
      new SegmenterChoice(BundledPack.NAME, Optional.empty());

  public SegmenterChoice {
    requireNonNull(pack, "pack is null");
    requireNonNull(task, "task is null");
  }

  /** What {@link #text()} wrote. */
  @JsonCreator
  public static SegmenterChoice parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new SegmenterChoice(text, Optional.empty())
        : new SegmenterChoice(
            text.substring(0, colon), Optional.of(task(text.substring(colon + 1))));
  }

  /** The task of that name. */
  public static SegmentationTask task(String name) {
    return SegmentationTask.of(name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "task",
                    "found \"%s\"; expected one of %s".formatted(name, SegmentationTask.names())));
  }

  /** The pack's name, and the task after a colon where one is chosen. */
  @JsonValue
  public String text() {
    return task.map(t -> pack + ":" + t.text()).orElse(pack);
  }

  /** As the segmenter takes it. */
  public Segmenters.Options options() {
    return task.map(Segmenters.Options.DEFAULT::with).orElse(Segmenters.Options.DEFAULT);
  }
}
