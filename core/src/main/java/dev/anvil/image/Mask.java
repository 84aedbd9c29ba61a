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

  public static Mask empty(int width, int height) {
    return new Mask(width, height, new float[width * height]);
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
