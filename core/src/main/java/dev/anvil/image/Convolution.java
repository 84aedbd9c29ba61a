package dev.anvil.image;

import java.util.function.DoubleUnaryOperator;

/**
 * Weighted means along rows and columns of a plane; beyond an edge the last value repeats.
 *
 * <p>Not OpenCV's {@code sepFilter2D}, which adds in an order of its own and fuses products where
 * the processor can: its last bits differ from these in half of the pixels.
 */
public final class Convolution {
  private Convolution() {}

  /**
   * Filters a plane along both directions.
   *
   * @param plane {@code width * height} values, left as they are
   * @param weights an odd number of them, the middle one for the pixel itself
   */
  public static float[] plane(float[] plane, int width, int height, float[] weights) {
    float[] across = new float[plane.length];
    float[] out = new float[plane.length];
    int radius = weights.length / 2;
    for (int y = 0; y < height; y++) {
      int row = y * width;
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int k = -radius; k <= radius; k++) {
          sum += plane[row + Math.max(0, Math.min(width - 1, x + k))] * weights[k + radius];
        }
        across[row + x] = sum;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int k = -radius; k <= radius; k++) {
        int from = Math.max(0, Math.min(height - 1, y + k)) * width;
        float weight = weights[k + radius];
        for (int x = 0; x < width; x++) {
          out[y * width + x] += across[from + x] * weight;
        }
      }
    }
    return out;
  }

  /** A Gaussian kernel out to three standard deviations, with sum 1. */
  public static float[] gaussian(double sigma) {
    int radius = Math.max(1, (int) Math.ceil(3 * sigma));
    return normalised(radius, k -> Math.exp(-.5 * k * k / (sigma * sigma)));
  }

  /** A triangular kernel that reaches less than {@code radius} pixels, with sum 1. */
  public static float[] triangle(int radius) {
    return normalised(radius - 1, k -> radius - Math.abs(k));
  }

  private static float[] normalised(int radius, DoubleUnaryOperator kernel) {
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      sum += kernel.applyAsDouble(k);
    }
    float[] weights = new float[2 * radius + 1];
    for (int k = -radius; k <= radius; k++) {
      weights[k + radius] = (float) (kernel.applyAsDouble(k) / sum);
    }
    return weights;
  }
}
