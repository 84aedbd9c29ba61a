package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;

/**
 * An edited picture.
 *
 * @param picture of the source's size
 * @param changed how much of the edit each pixel shows; where it is 0 the pixel equals the source's
 */
public record Edited(Picture picture, Mask changed) {
  public Edited {
    requireNonNull(picture, "picture is null");
    requireNonNull(changed, "changed is null");
    if (changed.width() != picture.width() || changed.height() != picture.height()) {
      throw new IllegalArgumentException("%s does not fit %s".formatted(changed, picture));
    }
  }
}
