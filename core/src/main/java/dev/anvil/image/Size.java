package dev.anvil.image;

/** A width and a height in pixels, each at least 1. */
public record Size(int width, int height) {
  public Size {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "found a size of %d x %d; expected at least 1 x 1".formatted(width, height));
    }
  }

  public static Size of(Picture picture) {
    return new Size(picture.width(), picture.height());
  }

  @Override
  public String toString() {
    return width + " x " + height;
  }
}
