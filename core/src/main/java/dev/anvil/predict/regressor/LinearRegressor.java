package dev.anvil.predict.regressor;

import dev.anvil.predict.matrix.Matrix;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * Intercept plus weighted deviations from the means; an unknown value deviates by nothing, and none
 * by more than its reach: an edited picture may lie far outside what was learned from in a column
 * that is nearly always the same, and would carry the prediction away with it.
 *
 * @param means one per column
 * @param reach largest deviation of each column that counts
 * @param weights one per column
 */
record LinearRegressor(double[] means, double[] reach, double[] weights, double intercept)
    implements Explained {
  private double deviation(float value, int column) {
    return Float.isNaN(value)
        ? 0
        : Math.max(-reach[column], Math.min(reach[column], value - means[column]));
  }

  @Override
  public double[] predict(Matrix features) {
    Training.checkColumns(weights.length, features);
    float[] values = features.values();
    double[] out = new double[features.rows()];
    for (int i = 0; i < out.length; i++) {
      double sum = intercept;
      int at = i * weights.length;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * deviation(values[at + k], k);
      }
      out[i] = sum;
    }
    return out;
  }

  /** Exact Shapley values of a linear model whose columns are taken to be independent. */
  @Override
  public Contributions contributions(Matrix features) {
    Training.checkColumns(weights.length, features);
    double[][] out = new double[features.rows()][weights.length];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < weights.length; k++) {
        out[i][k] = weights[k] * deviation(features.get(i, k), k);
      }
    }
    return new Contributions(intercept, out);
  }

  @Override
  public byte[] toBytes() {
    return RegressorIo.write(
        Ridge.KIND,
        out -> {
          RegressorIo.writeDoubles(out, means);
          RegressorIo.writeDoubles(out, reach);
          RegressorIo.writeDoubles(out, weights);
          out.writeDouble(intercept);
        });
  }

  static LinearRegressor read(DataInputStream in) throws IOException {
    double[] means = RegressorIo.readDoubles(in);
    double[] reach = RegressorIo.readDoubles(in);
    double[] weights = RegressorIo.readDoubles(in);
    return new LinearRegressor(means, reach, weights, in.readDouble());
  }
}
