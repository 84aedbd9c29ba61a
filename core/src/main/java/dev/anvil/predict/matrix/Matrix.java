package dev.anvil.predict.matrix;

/**
 * Rows of features, float32, row-major. NaN means unknown; a regressor says how it treats it.
 *
 * <p>Immutable by convention: {@link #values()} must not be written to.
 */
public final class Matrix {
  private final int rows;
  private final int columns;
  private final float[] values;

  /** Takes ownership of {@code values}, {@code rows * columns} of them. */
  public Matrix(int rows, int columns, float[] values) {
    if (rows < 0 || columns < 1 || values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "expected %d values for %d x %d, found %d"
              .formatted((long) rows * columns, rows, columns, values.length));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /** Copies rows of equal length. */
  public static Matrix of(float[][] rows) {
    int columns = rows[0].length;
    float[] values = new float[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row %d: expected %d columns, found %d".formatted(i, columns, rows[i].length));
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return new Matrix(rows.length, columns, values);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The matrix's own values; read only. */
  public float[] values() {
    return values;
  }

  public float get(int row, int column) {
    return values[row * columns + column];
  }

  /** The chosen rows, copied, in the given order; a row may be chosen more than once. */
  public Matrix select(int[] chosen) {
    float[] out = new float[Math.multiplyExact(chosen.length, columns)];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * columns, out, i * columns, columns);
    }
    return new Matrix(chosen.length, columns, out);
  }
}
