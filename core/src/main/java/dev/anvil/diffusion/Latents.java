package dev.anvil.diffusion;

/** Sums of arrays of equal length. */
final class Latents {
  private Latents() {}

  /** {@code a x + b y}. */
  static float[] mix(double a, float[] x, double b, float[] y) {
    float[] out = new float[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (a * x[i] + b * y[i]);
    }
    return out;
  }

  /** {@code a x}. */
  static float[] times(double a, float[] x) {
    float[] out = new float[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (a * x[i]);
    }
    return out;
  }

  /** {@code x} where the mask is 1, {@code y} where it is 0; the mask is one plane for all. */
  static float[] blend(float[] mask, float[] x, float[] y) {
    float[] out = new float[x.length];
    for (int i = 0; i < out.length; i++) {
      float m = mask[i % mask.length];
      out[i] = m * x[i] + (1 - m) * y[i];
    }
    return out;
  }
}
