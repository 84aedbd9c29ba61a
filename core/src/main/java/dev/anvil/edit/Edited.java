package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.Optional;

/**
 * An edited picture.
 *
 * @param picture of the source's size
 * @param changed how much of the edit each pixel shows; where it is 0 the pixel equals the source's
 * @param inserted what the edit put there, where it is to be looked for
 * @param refusal why the editor did not give what it made; the picture is the source's then
 */
public record Edited(
    Picture picture, Mask changed, Optional<Insertion> inserted, Optional<String> refusal) {
  public Edited {
    requireNonNull(picture, "picture is null");
    requireNonNull(changed, "changed is null");
    requireNonNull(inserted, "inserted is null");
    requireNonNull(refusal, "refusal is null");
    if (changed.width() != picture.width() || changed.height() != picture.height()) {
      throw new IllegalArgumentException("%s does not fit %s".formatted(changed, picture));
    }
  }

  public Edited(Picture picture, Mask changed) {
    this(picture, changed, Optional.empty(), Optional.empty());
  }

  /** The source as it was. */
  static Edited unchanged(Picture source, Optional<String> refusal) {
    return new Edited(
        source, Mask.empty(source.width(), source.height()), Optional.empty(), refusal);
  }
}
