package dev.anvil.image;

/**
 * Exact Euclidean distances to the nearest covered pixel, in time linear in the pixels.
 *
 * <p>Source: Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions" (2012).
 */
final class Distance {
  private static final float FAR = 1e12f;

  private Distance() {}

  /** Squared distance in pixels of every pixel to the nearest one above one half; 0 on those. */
  static float[] squared(Mask mask) {
    int width = mask.width();
    int height = mask.height();
    float[] out = new float[width * height];
    for (int i = 0; i < out.length; i++) {
      out[i] = mask.alpha()[i] > .5f ? 0 : FAR;
    }
    Line line = new Line(Math.max(width, height));
    for (int x = 0; x < width; x++) {
      line.transform(out, x, width, height);
    }
    for (int y = 0; y < height; y++) {
      line.transform(out, y * width, 1, width);
    }
    return out;
  }

  /** Lower envelope of parabolas rooted at the pixels of one row or column. */
  private static final class Line {
    private final float[] heights;
    private final int[] roots;
    private final double[] starts;

    Line(int length) {
      heights = new float[length];
      roots = new int[length];
      starts = new double[length + 1];
    }

    void transform(float[] values, int from, int step, int n) {
      for (int q = 0; q < n; q++) {
        heights[q] = values[from + q * step];
      }
      int k = 0;
      roots[0] = 0;
      starts[0] = Double.NEGATIVE_INFINITY;
      starts[1] = Double.POSITIVE_INFINITY;
      for (int q = 1; q < n; q++) {
        double s = crossing(roots[k], q);
        while (s <= starts[k]) {
          k--;
          s = crossing(roots[k], q);
        }
        k++;
        roots[k] = q;
        starts[k] = s;
        starts[k + 1] = Double.POSITIVE_INFINITY;
      }
      k = 0;
      for (int q = 0; q < n; q++) {
        while (starts[k + 1] < q) {
          k++;
        }
        float d = q - roots[k];
        values[from + q * step] = d * d + heights[roots[k]];
      }
    }

    private double crossing(int p, int q) {
      return ((heights[q] + (double) q * q) - (heights[p] + (double) p * p)) / (2.0 * (q - p));
    }
  }
}
