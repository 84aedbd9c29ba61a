package dev.anvil.segment.post;

/**
 * PyTorch's bilinear interpolation without aligned corners and without smoothing
 * (docs/model-contracts.md section 1.4): what networks' coarse masks are enlarged with. Not to be
 * confused with {@link dev.anvil.image.PilResize}, which smooths when it shrinks.
 */
public final class Bilinear {
  private final Axis across;
  private final Axis down;

  public Bilinear(int width, int height, int newWidth, int newHeight) {
    this.across = Axis.of(width, newWidth);
    this.down = Axis.of(height, newHeight);
  }

  /** A plane at its new size. */
  public float[] resize(float[] in, int from) {
    float[] out = new float[across.near.length * down.near.length];
    resize(in, from, out, 0);
    return out;
  }

  /**
   * Interpolates one plane.
   *
   * @param from where the plane begins in {@code in}
   * @param to where the new plane begins in {@code out}
   */
  void resize(float[] in, int from, float[] out, int to) {
    int width = across.near.length;
    int upperY = 0;
    int lowerY = 0;
    float[] upper = row(in, from, 0);
    float[] lower = upper;
    for (int y = 0; y < down.near.length; y++) {
      if (down.near[y] != upperY) {
        upperY = down.near[y];
        upper = upperY == lowerY ? lower : row(in, from, upperY);
      }
      if (down.far[y] != lowerY) {
        lowerY = down.far[y];
        lower = lowerY == upperY ? upper : row(in, from, lowerY);
      }
      float weight = down.weight[y];
      float rest = 1 - weight;
      for (int x = 0, o = to + y * width; x < width; x++, o++) {
        out[o] = upper[x] * rest + lower[x] * weight;
      }
    }
  }

  private float[] row(float[] in, int from, int y) {
    float[] out = new float[across.near.length];
    int start = from + y * across.size;
    for (int x = 0; x < out.length; x++) {
      float weight = across.weight[x];
      out[x] = in[start + across.near[x]] * (1 - weight) + in[start + across.far[x]] * weight;
    }
    return out;
  }

  /**
   * The two neighbours of every new pixel along one axis.
   *
   * @param size old length
   * @param weight of the far neighbour
   */
  private record Axis(int size, int[] near, int[] far, float[] weight) {
    static Axis of(int size, int newSize) {
      int[] near = new int[newSize];
      int[] far = new int[newSize];
      float[] weight = new float[newSize];
      float scale = (float) size / newSize;
      for (int i = 0; i < newSize; i++) {
        float at = Math.max(0, scale * (i + .5f) - .5f);
        near[i] = Math.min((int) at, size - 1);
        far[i] = Math.min(near[i] + 1, size - 1);
        weight[i] = Math.min(1, at - near[i]);
      }
      return new Axis(size, near, far, weight);
    }
  }
}
