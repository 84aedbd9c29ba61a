package dev.anvil.image;

import static java.util.Objects.requireNonNull;

/**
 * What the header of a picture file says.
 *
 * @param width in pixels after orientation, that is as {@link PictureReader#read} returns it
 * @param height as {@code width}
 * @param orientation EXIF orientation, 1 (upright) to 8
 */
public record PictureInfo(PictureFormat format, int width, int height, int orientation) {
  public PictureInfo {
    requireNonNull(format, "format is null");
    if (width < 1 || height < 1 || orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException(
          "found %d x %d, orientation %d; expected at least 1 x 1, orientation 1 to 8"
              .formatted(width, height, orientation));
    }
  }

  public long pixels() {
    return (long) width * height;
  }
}
