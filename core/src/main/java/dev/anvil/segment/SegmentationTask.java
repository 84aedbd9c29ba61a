package dev.anvil.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is taken for an element. */
public enum SegmentationTask {
  /** All of a class together: the cars. */
  SEMANTIC,
  /** Each thing that can be counted: this car, that car. */
  INSTANCE,
  /** Each thing, and all of each stuff: this car, that car, the road. */
  PANOPTIC;

  /** The task's name, for example {@code panoptic}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The task of that name, empty when there is none. */
  public static Optional<SegmentationTask> of(String text) {
    return Arrays.stream(values()).filter(t -> t.text().equals(text)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(SegmentationTask::text).toList();
  }
}
