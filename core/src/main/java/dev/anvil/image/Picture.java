package dev.anvil.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
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
    if (image.getColorModel().getNumColorComponents() == 1
        && image.getColorModel().getTransferType() != DataBuffer.TYPE_FLOAT
        && !(image.getColorModel() instanceof IndexColorModel)) {
      return ofGrey(image);
    }
    return isPlainBgr(image) ? ofBgr(image) : ofAny(image);
  }

  private static boolean isPlainBgr(BufferedImage image) {
    return image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getParent() == null
        && image.getRaster().getDataBuffer().getSize() == image.getWidth() * image.getHeight() * 3;
  }

  private static Picture ofBgr(BufferedImage image) {
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] rgb = new byte[bgr.length];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
    return new Picture(image.getWidth(), image.getHeight(), rgb);
  }

  /**
   * Java takes grey samples for linear light and would brighten them; in picture files they are
   * gamma-coded as sRGB is, so the samples are taken as they are.
   */
  private static Picture ofGrey(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    long max = (1L << raster.getSampleModel().getSampleSize(0)) - 1;
    boolean alpha = image.getColorModel().hasAlpha();
    byte[] rgb = new byte[w * h * 3];
    int[] row = new int[w * bands];
    for (int y = 0, o = 0; y < h; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, w, 1, row);
      for (int x = 0; x < w; x++, o += 3) {
        int value = (int) (((row[x * bands] & max) * 255 + max / 2) / max);
        int a = alpha ? (int) (((row[x * bands + 1] & max) * 255 + max / 2) / max) : 255;
        byte grey = overWhite(value, a);
        rgb[o] = grey;
        rgb[o + 1] = grey;
        rgb[o + 2] = grey;
      }
    }
    return new Picture(w, h, rgb);
  }

  private static Picture ofAny(BufferedImage image) {
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

  /**
   * A part of the picture.
   *
   * @param left at least 0; {@code left + width} is at most this picture's width
   * @param top as {@code left}
   */
  public Picture crop(int left, int top, int width, int height) {
    if (left < 0 || top < 0 || left + width > this.width || top + height > this.height) {
      throw new IllegalArgumentException(
          "found a part of %d x %d at %d, %d; expected it within %s"
              .formatted(width, height, left, top, this));
    }
    byte[] out = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      System.arraycopy(rgb, ((top + y) * this.width + left) * 3, out, y * width * 3, width * 3);
    }
    return new Picture(width, height, out);
  }

  /** A copy with another picture laid over it; what lies outside is cut. */
  public Picture with(Picture part, int left, int top) {
    byte[] out = rgb.clone();
    int from = Math.max(0, left);
    int to = Math.min(width, left + part.width);
    for (int y = Math.max(0, top); y < Math.min(height, top + part.height) && from < to; y++) {
      System.arraycopy(
          part.rgb,
          ((y - top) * part.width + from - left) * 3,
          out,
          (y * width + from) * 3,
          (to - from) * 3);
    }
    return new Picture(width, height, out);
  }

  /**
   * The upright picture of one that is stored turned or mirrored.
   *
   * @param orientation EXIF orientation, 1 (stored upright) to 8 (CIPA DC-008)
   */
  public Picture oriented(int orientation) {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException(
          "found orientation %d; expected 1 to 8".formatted(orientation));
    }
    if (orientation == 1) {
      return this;
    }
    boolean turned = orientation > 4;
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean fromBottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    int w = turned ? height : width;
    int h = turned ? width : height;
    byte[] out = new byte[rgb.length];
    for (int y = 0, o = 0; y < h; y++) {
      for (int x = 0; x < w; x++, o += 3) {
        int column = turned ? y : x;
        int row = turned ? x : y;
        int i =
            ((fromBottom ? height - 1 - row : row) * width
                    + (fromRight ? width - 1 - column : column))
                * 3;
        out[o] = rgb[i];
        out[o + 1] = rgb[i + 1];
        out[o + 2] = rgb[i + 2];
      }
    }
    return new Picture(w, h, out);
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

  /** Whether it has one colour everywhere. */
  public boolean isUniform() {
    return Emptiness.isUniform(this);
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
