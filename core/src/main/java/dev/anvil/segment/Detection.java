package dev.anvil.segment;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Box;

/**
 * An object that a detector saw.
 *
 * @param label what it is, in the detector's vocabulary
 * @param score 0 to 1
 * @param box around it, in pixels, within the picture
 */
public record Detection(String label, double score, Box box) {
  public Detection {
    requireNonNull(label, "label is null");
    requireNonNull(box, "box is null");
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score %s is not in 0..1".formatted(score));
    }
  }
}
