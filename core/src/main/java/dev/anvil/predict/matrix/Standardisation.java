package dev.anvil.predict.matrix;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Mean and spread of every column, unknown values left out.
 *
 * @param means 0 for a column without known values
 * @param inverseSds one over the standard deviation; 0 for a column that does not vary, so that it
 *     has no say
 */
public record Standardisation(double[] means, double[] inverseSds) {
  public static Standardisation of(Matrix features) {
    int columns = features.columns();
    float[] values = features.values();
    double[] means = new double[columns];
    int[] known = new int[columns];
    for (int at = 0; at < values.length; at += columns) {
      for (int k = 0; k < columns; k++) {
        if (!Float.isNaN(values[at + k])) {
          means[k] += values[at + k];
          known[k]++;
        }
      }
    }
    for (int k = 0; k < columns; k++) {
      means[k] /= Math.max(1, known[k]);
    }
    double[] squares = new double[columns];
    for (int at = 0; at < values.length; at += columns) {
      for (int k = 0; k < columns; k++) {
        if (!Float.isNaN(values[at + k])) {
          squares[k] += (values[at + k] - means[k]) * (values[at + k] - means[k]);
        }
      }
    }
    return of(means, squares, Arrays.stream(known).asDoubleStream().toArray());
  }

  /**
   * From sums over rows.
   *
   * @param means 0 for a column without known values
   * @param squares sum of the squared deviations of known values from the mean
   * @param known number of known values
   */
  public static Standardisation of(double[] means, double[] squares, double[] known) {
    double[] inverseSds = new double[means.length];
    for (int k = 0; k < means.length; k++) {
      double sd = Math.sqrt(Math.max(0, squares[k]) / Math.max(1, known[k]));
      // rounding of the mean makes a constant column seem to vary by about 1e-16 of its size
      inverseSds[k] = sd > 1e-9 * Math.abs(means[k]) ? 1 / sd : 0;
    }
    return new Standardisation(means, inverseSds);
  }

  /** So many standard deviations of every column; 0 for a column that does not vary. */
  public double[] reach(double sds) {
    return DoubleStream.of(inverseSds).map(inverse -> inverse == 0 ? 0 : sds / inverse).toArray();
  }

  /** Standardised, unknown values at the mean; row-major. */
  public double[] apply(Matrix features) {
    int columns = means.length;
    float[] values = features.values();
    double[] out = new double[values.length];
    for (int at = 0; at < values.length; at += columns) {
      for (int k = 0; k < columns; k++) {
        float value = values[at + k];
        out[at + k] = Float.isNaN(value) ? 0 : (value - means[k]) * inverseSds[k];
      }
    }
    return out;
  }
}
