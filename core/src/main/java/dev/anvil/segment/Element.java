package dev.anvil.segment;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;

/**
 * One labelled mask of a picture: a car, a person, the background.
 *
 * @param label what it is, in the segmenter's vocabulary
 * @param confidence 0 to 1
 * @param box around the element, in pixels
 * @param mask of the picture's size
 * @param isThing whether it stands before the background, as a car does; stuff such as sky, trees
 *     and ground has a name and a mask too, and is part of the background
 */
public record Element(String label, double confidence, Box box, Mask mask, boolean isThing) {
  /** A thing, or the background. */
  public Element(String label, double confidence, Box box, Mask mask) {
    this(label, confidence, box, mask, !label.equals(Segmentation.BACKGROUND));
  }

  public Element {
    requireNonNull(label, "label is null");
    requireNonNull(box, "box is null");
    requireNonNull(mask, "mask is null");
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence %s is not in 0..1".formatted(confidence));
    }
  }
}
