package dev.anvil.engine.service.model;

import dev.anvil.campaign.Post;
import dev.anvil.predict.FeatureSpec;
import dev.anvil.predict.MetadataColumn;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person should know of a prediction, in sentences. */
final class PredictNotes {
  /** Months beyond the last post after which the trend stands still. */
  private static final int DAMPED_MONTHS = 6;

  private PredictNotes() {}

  /**
   * Of the metadata that it was made for.
   *
   * @param post whose picture is new
   * @param unseen columns with a value that no post had
   */
  static List<String> of(FeatureSpec columns, Post post, Set<String> unseen) {
    List<String> notes = new ArrayList<>();
    List<String> open =
        columns.metadata().stream()
            .map(MetadataColumn::name)
            .filter(name -> !post.metadata().containsKey(name))
            .toList();
    if (!open.isEmpty()) {
      notes.add(
          "For an average post as to %s, since no value was given (--set %s=VALUE)."
              .formatted(String.join(", ", open), open.get(0)));
    }
    unseen.stream()
        .sorted()
        .forEach(
            name ->
                notes.add(
                    "No post has %s \"%s\"; it counts as a value not known."
                        .formatted(name, post.metadata().get(name))));
    return notes;
  }

  /**
   * Of values that change nothing.
   *
   * @param set columns that have one
   * @param used columns that the prediction depends on
   */
  static List<String> ofUnused(Set<String> set, Set<String> used) {
    List<String> unused = set.stream().filter(name -> !used.contains(name)).sorted().toList();
    return unused.isEmpty()
        ? List.of()
        : List.of(
            "The model did not learn from %s: the value that was set changes nothing."
                .formatted(String.join(", ", unused)));
  }

  /** Of a time before or beyond the campaign's. */
  static List<String> ofTime(
      Optional<LocalDateTime> start, Optional<LocalDateTime> end, Optional<LocalDateTime> at) {
    if (start.isPresent() && at.isPresent() && at.get().isBefore(start.get())) {
      return List.of(
          "The first post is of %s. What was usual before is not known, and is taken to be as then."
              .formatted(start.get().toLocalDate()));
    }
    return end.isPresent()
            && at.isPresent()
            && at.get().isAfter(end.get().plusMonths(DAMPED_MONTHS))
        ? List.of(
            "The last post is of %s. The trend is taken to end within half a year after it, and"
                    .formatted(end.get().toLocalDate())
                + " no later trend is claimed.")
        : List.of();
  }
}
