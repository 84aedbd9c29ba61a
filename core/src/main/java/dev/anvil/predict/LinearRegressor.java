package dev.anvil.predict;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * Intercept plus weighted deviations from the means; an unknown value deviates by nothing.
 *
 * @param means one per column
 * @param weights one per column
 */
record LinearRegressor(double[] means, double[] weights, double intercept) implements Explained {
  @Override
  public double[] predict(Matrix features) {
    Training.checkColumns(weights.length, features);
    float[] values = features.values();
    double[] out = new double[features.rows()];
    for (int i = 0; i < out.length; i++) {
      double sum = intercept;
      int at = i * weights.length;
      for (int k = 0; k < weights.length; k++) {
        float value = values[at + k];
        sum += Float.isNaN(value) ? 0 : weights[k] * (value - means[k]);
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
        float value = features.get(i, k);
        out[i][k] = Float.isNaN(value) ? 0 : weights[k] * (value - means[k]);
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
          RegressorIo.writeDoubles(out, weights);
          out.writeDouble(intercept);
        });
  }

  static LinearRegressor read(DataInputStream in) throws IOException {
    double[] means = RegressorIo.readDoubles(in);
    double[] weights = RegressorIo.readDoubles(in);
    return new LinearRegressor(means, weights, in.readDouble());
  }
}
