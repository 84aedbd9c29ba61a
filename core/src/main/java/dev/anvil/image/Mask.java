package dev.anvil.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * How much each pixel of a picture belongs to something: 0 not at all, 1 wholly.
 *
 * <p>Immutable by convention: the array handed out by {@link #alpha()} must not be written to.
 */
public final class Mask {
  private final int width;
  private final int height;
  private final float[] alpha;

  /**
   * Takes ownership of {@code alpha}.
   *
   * @param alpha {@code width * height} values of 0 to 1, rows from top to bottom
   */
  public Mask(int width, int height, float[] alpha) {
    if (width < 1 || height < 1 || alpha.length != width * height) {
      throw new IllegalArgumentException(
          "expected %d values for %d x %d, found %d"
              .formatted((long) width * height, width, height, alpha.length));
    }
    this.width = width;
    this.height = height;
    this.alpha = alpha;
  }

  public static Mask full(int width, int height) {
    float[] alpha = new float[width * height];
    Arrays.fill(alpha, 1);
    return new Mask(width, height, alpha);
  }

  /** What a box covers; 1 at pixels whose middle it holds, as far as it lies in the picture. */
  public static Mask of(Box box, int width, int height) {
    float[] alpha = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean inside =
            x + .5 >= box.left()
                && x + .5 < box.right()
                && y + .5 >= box.top()
                && y + .5 < box.bottom();
        alpha[y * width + x] = inside ? 1 : 0;
      }
    }
    return new Mask(width, height, alpha);
  }

  public static Mask empty(int width, int height) {
    return new Mask(width, height, new float[width * height]);
  }

  /** White is 1, black is 0, by the red channel. */
  public static Mask ofGrey(Picture picture) {
    byte[] rgb = picture.rgb();
    float[] alpha = new float[rgb.length / 3];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (rgb[i * 3] & 255) / 255f;
    }
    return new Mask(picture.width(), picture.height(), alpha);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The mask's own values; read only. */
  public float[] alpha() {
    return alpha;
  }

  public float get(int x, int y) {
    return alpha[y * width + x];
  }

  /** Share of the picture that is covered, 0 to 1. */
  public double coverage() {
    double sum = 0;
    for (float a : alpha) {
      sum += a;
    }
    return sum / alpha.length;
  }

  /** The smallest box around all values above one half; empty when there is none. */
  public Optional<Box> bounds() {
    int left = width;
    int top = height;
    int right = -1;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (alpha[y * width + x] > .5f) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return right < 0 ? Optional.empty() : Optional.of(new Box(left, top, right + 1, bottom + 1));
  }

  /** A part of the mask; the part lies wholly within. */
  public Mask crop(int left, int top, int partWidth, int partHeight) {
    float[] out = new float[partWidth * partHeight];
    for (int y = 0; y < partHeight; y++) {
      System.arraycopy(alpha, (top + y) * width + left, out, y * partWidth, partWidth);
    }
    return new Mask(partWidth, partHeight, out);
  }

  /** Laid at a place in an empty mask of another size; what is outside is cut off. */
  public Mask placed(int left, int top, int newWidth, int newHeight) {
    float[] out = new float[newWidth * newHeight];
    for (int y = Math.max(0, -top); y < Math.min(height, newHeight - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(width, newWidth - left); x++) {
        out[(top + y) * newWidth + left + x] = alpha[y * width + x];
      }
    }
    return new Mask(newWidth, newHeight, out);
  }

  /** Left and right exchanged. */
  public Mask mirrored() {
    float[] out = new float[alpha.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = alpha[i - i % width + width - 1 - i % width];
    }
    return new Mask(width, height, out);
  }

  public Mask inverted() {
    float[] out = new float[alpha.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = 1 - alpha[i];
    }
    return new Mask(width, height, out);
  }

  /** The larger of the two values at each pixel. */
  public Mask union(Mask other) {
    requireSameSize(other);
    float[] out = new float[alpha.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(alpha[i], other.alpha[i]);
    }
    return new Mask(width, height, out);
  }

  /** The smaller of the two values at each pixel. */
  public Mask intersection(Mask other) {
    requireSameSize(other);
    float[] out = new float[alpha.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.min(alpha[i], other.alpha[i]);
    }
    return new Mask(width, height, out);
  }

  /** What this mask covers and the other does not. */
  public Mask minus(Mask other) {
    return intersection(other.inverted());
  }

  /** 1 where a value is above {@code level}, 0 elsewhere. */
  public Mask threshold(double level) {
    float[] out = new float[alpha.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = alpha[i] > level ? 1 : 0;
    }
    return new Mask(width, height, out);
  }

  /** Also 1 wherever a value above one half is within {@code radius} pixels. */
  public Mask dilated(double radius) {
    float[] distance = Distance.squared(this);
    float[] out = alpha.clone();
    for (int i = 0; i < out.length; i++) {
      if (distance[i] <= radius * radius) {
        out[i] = 1;
      }
    }
    return new Mask(width, height, out);
  }

  /** Also 0 wherever a value below one half is within {@code radius} pixels. */
  public Mask eroded(double radius) {
    return inverted().dilated(radius).inverted();
  }

  /**
   * The mask with soft edges: a triangular blur in each direction, so that no value changes further
   * than {@code radius} pixels from an edge.
   *
   * @param radius in pixels, at least 0
   */
  public Mask feathered(int radius) {
    if (radius < 1) {
      return this;
    }
    float[] out = Convolution.plane(alpha, width, height, Convolution.triangle(radius));
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.min(1, out[i]);
    }
    return new Mask(width, height, out);
  }

  /** Stretched to another size; shrinking averages, growing interpolates. */
  public Mask resized(int newWidth, int newHeight) {
    return PilResize.resize(this, newWidth, newHeight, PilResize.Filter.BILINEAR);
  }

  /** A grey picture: white is 1. */
  public Picture toPicture() {
    byte[] rgb = new byte[alpha.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (alpha[i / 3] * 255 + .5f);
    }
    return new Picture(width, height, rgb);
  }

  /** Intersection over union of the two masks cut at one half, 0 to 1; 1 when both are empty. */
  public double iou(Mask other) {
    requireSameSize(other);
    long both = 0;
    long either = 0;
    for (int i = 0; i < alpha.length; i++) {
      boolean a = alpha[i] > .5f;
      boolean b = other.alpha[i] > .5f;
      both += a && b ? 1 : 0;
      either += a || b ? 1 : 0;
    }
    return either == 0 ? 1 : (double) both / either;
  }

  private void requireSameSize(Mask other) {
    if (other.width != width || other.height != height) {
      throw new IllegalArgumentException(
          "expected a mask of %d x %d, found %d x %d"
              .formatted(width, height, other.width, other.height));
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Mask m
        && m.width == width
        && m.height == height
        && Arrays.equals(m.alpha, alpha);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(alpha) * 31 + width;
  }

  @Override
  public String toString() {
    return "Mask[" + width + " x " + height + "]";
  }
}
