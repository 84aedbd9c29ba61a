package dev.anvil.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * An 8-bit sRGB raster, rows from top to bottom, three interleaved bytes (red, green, blue) a
 * pixel.
 *
 * <p>Immutable by convention: the array handed out by {@link #rgb()} is the picture's own, for
 * speed, and must not be written to.
 */
public final class Picture {
  private final int width;
  private final int height;
  private final byte[] rgb;

  /**
   * Takes ownership of {@code rgb}.
   *
   * @param rgb {@code width * height * 3} bytes
   */
  public Picture(int width, int height, byte[] rgb) {
    if (width < 1 || height < 1 || rgb.length != width * height * 3) {
      throw new IllegalArgumentException(
          "expected %d bytes for %d x %d, found %d"
              .formatted((long) width * height * 3, width, height, rgb.length));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Copies an image; transparent pixels are laid over white. */
  public static Picture of(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    byte[] rgb = new byte[w * h * 3];
    boolean alpha = image.getColorModel().hasAlpha();
    int[] row = new int[w];
    for (int y = 0, o = 0; y < h; y++) {
      image.getRGB(0, y, w, 1, row, 0, w);
      for (int x = 0; x < w; x++, o += 3) {
        int p = row[x];
        int a = alpha ? p >>> 24 : 255;
        rgb[o] = overWhite((p >> 16) & 255, a);
        rgb[o + 1] = overWhite((p >> 8) & 255, a);
        rgb[o + 2] = overWhite(p & 255, a);
      }
    }
    return new Picture(w, h, rgb);
  }

  private static byte overWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The picture's own bytes; read only. */
  public byte[] rgb() {
    return rgb;
  }

  /**
   * One channel of one pixel, 0 to 255.
   *
   * @param channel 0 red, 1 green, 2 blue
   */
  public int get(int x, int y, int channel) {
    return rgb[(y * width + x) * 3 + channel] & 255;
  }

  public BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < width; x++, o += 3) {
        row[x] = ((rgb[o] & 255) << 16) | ((rgb[o + 1] & 255) << 8) | (rgb[o + 2] & 255);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Picture p
        && p.width == width
        && p.height == height
        && Arrays.equals(p.rgb, rgb);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rgb) * 31 + width;
  }

  @Override
  public String toString() {
    return "Picture[" + width + " x " + height + "]";
  }
}
