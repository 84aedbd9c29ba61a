package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;

/**
 * An edited picture.
 *
 * @param picture of the source's size
 * @param changed where pixels may differ from the source (feathering included)
 */
public record Edited(Picture picture, Mask changed) {
  public Edited {
    requireNonNull(picture, "picture is null");
    requireNonNull(changed, "changed is null");
  }
}
