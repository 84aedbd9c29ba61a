package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.segment.Segmentation;

/**
 * What an editor is asked to work on.
 *
 * @param source the untouched picture
 * @param elements all elements of the source, for editors that must spare or place beside others
 * @param mask the element to change, of the source's size
 * @param seed for whatever the editor draws at random
 */
public record EditRequest(Picture source, Segmentation elements, Mask mask, long seed) {
  public EditRequest {
    requireNonNull(source, "source is null");
    requireNonNull(elements, "elements is null");
    requireNonNull(mask, "mask is null");
    if (mask.width() != source.width() || mask.height() != source.height()) {
      throw new IllegalArgumentException("%s does not fit %s".formatted(mask, source));
    }
  }

  /** The same with another seed. */
  EditRequest withSeed(long other) {
    return new EditRequest(source, elements, mask, other);
  }
}
