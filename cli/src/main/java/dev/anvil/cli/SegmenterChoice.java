package dev.anvil.cli;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.segment.SegmentationTask;
import dev.anvil.segment.model.Segmenters;
import dev.anvil.store.Run;
import java.io.IOException;
import java.util.Optional;

/**
 * Which segmenter finds elements.
 *
 * @param pack name of its model pack
 * @param task that it does; empty for the one that the pack does best
 */
record SegmenterChoice(String pack, Optional<SegmentationTask> task) {
  /** The argument of a run that names the choice. */
  static final String ARGUMENT = "segmenter";

  static final SegmenterChoice BUNDLED = new SegmenterChoice(Session.PACK, Optional.empty());

  SegmenterChoice {
    requireNonNull(pack, "pack is null");
    requireNonNull(task, "task is null");
  }

  /**
   * The choice that a run was made with; the bundled one where the run is from before there was
   * one.
   */
  static SegmenterChoice of(Run run) throws IOException {
    String text = Session.json().readTree(run.request().json()).path(ARGUMENT).asText();
    return text.isEmpty() ? BUNDLED : parse(text);
  }

  /** The pack's name, and the task after a colon where one is chosen. */
  String text() {
    return task.map(t -> pack + ":" + t.text()).orElse(pack);
  }

  /** What {@link #text()} wrote. */
  static SegmenterChoice parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new SegmenterChoice(text, Optional.empty())
        : new SegmenterChoice(
            text.substring(0, colon), Optional.of(task(text.substring(colon + 1))));
  }

  /** The task of that name. */
  static SegmentationTask task(String name) {
    return SegmentationTask.of(name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "task",
                    "found \"%s\"; expected one of %s".formatted(name, SegmentationTask.names())));
  }

  Segmenters.Options options() {
    return task.map(Segmenters.Options.DEFAULT::with).orElse(Segmenters.Options.DEFAULT);
  }
}
