package dev.anvil.predict.matrix;

/** Sixteen rows that reference values were computed on with scikit-learn. */
public final class Reference {
  private Reference() {}

  public static double[] target() {
    return new double[] {
      0, .964, 1.516, -.688, .117, .215, 1.999, .319, -.828, .238, .42, 1.987, .108, .071, -.605,
      1.606
    };
  }

  public static Matrix features() {
    float[] values = new float[32];
    for (int i = 0; i < 16; i++) {
      values[2 * i] = i * 7 % 16 / 4f;
      values[2 * i + 1] = i * i * 3 % 17 / 8f;
    }
    return new Matrix(16, 2, values);
  }
}
