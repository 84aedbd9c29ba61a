package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Picture;
import dev.anvil.segment.LabelGroups;
import dev.anvil.segment.Segmenter;
import java.util.Locale;
import java.util.Optional;

/**
 * What an edit has put into a picture.
 *
 * @param label of what was put there
 * @param box of what is in sight of it, in the picture's pixels
 */
public record Insertion(String label, Box box) {
  private static final String NOT_FOUND = "not found where it was put";

  public Insertion {
    requireNonNull(label, "label is null");
    requireNonNull(box, "box is null");
  }

  /** Why it cannot be said that it is there, by a closer look at the place; empty when it can. */
  public Optional<String> missing(Picture edited, Segmenter segmenter, RunContext context) {
    double likeness =
        segmenter.likeness(edited, box, LabelGroups.of(label), Removal.STILL_LIKE, context);
    return likeness > Removal.STILL_LIKE
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%s %s (score %.2f)", label, NOT_FOUND, likeness));
  }

  /**
   * Whether this is the reason of a check: the picture may show what it should all the same, only
   * the segmenter does not see it, as it would not on a post.
   */
  public static boolean isMissed(String reason) {
    return reason.contains(NOT_FOUND);
  }
}
