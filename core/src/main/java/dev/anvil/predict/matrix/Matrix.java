package dev.anvil.predict.matrix;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of features, float32, row-major. NaN means unknown; a regressor says how it treats it.
 *
 * <p>Rows may have weights: how much each counts in a fit, such as the precision of what was
 * measured. Immutable by convention: {@link #values()} must not be written to.
 */
public final class Matrix {
  private final int rows;
  private final int columns;
  private final float[] values;
  private final double[] weights;

  /** Takes ownership of {@code values}, {@code rows * columns} of them; rows count alike. */
  public Matrix(int rows, int columns, float[] values) {
    this(rows, columns, values, new double[0]);
  }

  private Matrix(int rows, int columns, float[] values, double[] weights) {
    if (rows < 0 || columns < 1 || values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "expected %d values for %d x %d, found %d"
              .formatted((long) rows * columns, rows, columns, values.length));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
    this.weights = weights;
  }

  /**
   * The same rows with weights.
   *
   * @param weights one per row, each above 0; best with a mean of 1
   */
  public Matrix withWeights(double[] weights) {
    if (weights.length != rows || !Arrays.stream(weights).allMatch(w -> w > 0)) {
      throw new IllegalArgumentException(
          "expected %d weights above 0, found %d".formatted(rows, weights.length));
    }
    return new Matrix(rows, columns, values, weights.clone());
  }

  /** Whether rows count differently. */
  public boolean isWeighted() {
    return weights.length > 0;
  }

  /** How much each row counts; 1 where nothing was said. */
  public double[] weights() {
    double[] out = weights.clone();
    if (!isWeighted()) {
      out = new double[rows];
      Arrays.fill(out, 1);
    }
    return out;
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
    return new Matrix(
        chosen.length,
        columns,
        out,
        isWeighted() ? IntStream.of(chosen).mapToDouble(i -> weights[i]).toArray() : weights);
  }
}
