package dev.anvil.ask;

import java.util.Arrays;

/** Arithmetic on embeddings. */
final class Vectors {
  private Vectors() {}

  static float[] minus(float[] a, float[] b) {
    float[] out = new float[a.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = a[k] - b[k];
    }
    return out;
  }

  /** Mean direction of several rows, of length 1. */
  static float[] direction(float[][] rows) {
    double[] sum = LearnedAlignment.mean(rows, once(rows.length));
    double length = Math.sqrt(Arrays.stream(sum).map(v -> v * v).sum());
    float[] out = new float[sum.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = (float) (sum[k] / length);
    }
    return out;
  }

  /** How often rows count that all count alike. */
  static int[] once(int rows) {
    int[] times = new int[rows];
    Arrays.fill(times, 1);
    return times;
  }
}
