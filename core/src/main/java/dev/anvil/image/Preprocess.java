package dev.anvil.image;

import java.nio.FloatBuffer;

/**
 * The size rules and normalisation of image processors, as Hugging Face's PIL processors compute
 * them (MODELS.md 1.2, 2.2).
 */
public final class Preprocess {
  /** A width and height in pixels. */
  public record Size(int width, int height) {}

  private Preprocess() {}

  /** The shorter side becomes {@code shortest}; the longer one follows, rounded down. */
  public static Size shortestEdge(int width, int height, int shortest) {
    return width <= height
        ? new Size(shortest, (int) ((long) shortest * height / width))
        : new Size((int) ((long) shortest * width / height), shortest);
  }

  /** As {@link #shortestEdge}, but the longer side stays within {@code longest}. */
  public static Size shortestWithin(int width, int height, int shortest, int longest) {
    double min = Math.min(width, height);
    double max = Math.max(width, height);
    double side = shortest;
    int rounded = shortest;
    if (max / min * shortest > longest) {
      side = longest * min / max;
      rounded = (int) Math.rint(side);
    }
    if (Math.min(width, height) == rounded) {
      return new Size(width, height);
    }
    return width < height
        ? new Size(rounded, (int) (side * height / width))
        : new Size((int) (side * width / height), rounded);
  }

  /**
   * The middle of a picture that is at least as large; odd remainders go to the right and below.
   */
  public static Picture centreCrop(Picture picture, int width, int height) {
    return picture.crop(
        (picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
  }

  /** CLIP's view of a picture: shortest edge to {@code side} (bicubic), then the middle square. */
  public static Picture middleSquare(Picture picture, int side) {
    Size size = shortestEdge(picture.width(), picture.height(), side);
    Picture resized =
        PilResize.resize(picture, size.width(), size.height(), PilResize.Filter.BICUBIC);
    return centreCrop(resized, side, side);
  }

  /**
   * Writes {@code (value / 255 - mean) / std} as three planes (CHW) at the buffer's position.
   *
   * @param out at least {@code 3 * width * height} floats remaining
   * @param mean of red, green, blue
   * @param std of red, green, blue
   */
  public static void normalise(Picture picture, double[] mean, double[] std, FloatBuffer out) {
    byte[] rgb = picture.rgb();
    float[] table = new float[256];
    for (int c = 0; c < 3; c++) {
      for (int v = 0; v < 256; v++) {
        table[v] = (float) ((v / 255.0 - mean[c]) / std[c]);
      }
      for (int i = c; i < rgb.length; i += 3) {
        out.put(table[rgb[i] & 255]);
      }
    }
  }
}
