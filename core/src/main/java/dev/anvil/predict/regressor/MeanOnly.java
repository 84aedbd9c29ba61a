package dev.anvil.predict.regressor;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Dense;
import dev.anvil.predict.matrix.Matrix;
import java.util.Arrays;
import java.util.Map;

/** Predicts the mean of the training target whatever the features; the baseline of every table. */
public record MeanOnly() implements Trainer {
  static final String KIND = "mean";

  /** How its regressors are kept. */
  static final RegressorKind FORMAT =
      RegressorKind.of(
          KIND,
          in -> {
            int columns = in.readInt();
            return new Fitted(in.readDouble(), columns);
          });

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public boolean explains() {
    return true;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Refitter prepare(Matrix features, double[] target, int[] groups, RunContext context) {
    Training.check(features, target, groups);
    return new Refitter() {
      @Override
      public Map<String, String> choices() {
        return Map.of();
      }

      @Override
      public Subset on(int[] rows) {
        return (subsetTarget, step) ->
            new Fitted(mean(subsetTarget, features.select(rows)), features.columns());
      }
    };
  }

  private static double mean(double[] target, Matrix features) {
    if (features.isWeighted()) {
      double[] weights = features.weights();
      return Dense.dot(weights, 0, target) / Dense.sum(weights, 0, weights.length);
    }
    return Dense.sum(target, 0, target.length) / target.length;
  }

  record Fitted(double mean, int columns) implements Explained {
    @Override
    public double[] predict(Matrix features) {
      Training.checkColumns(columns, features);
      double[] out = new double[features.rows()];
      Arrays.fill(out, mean);
      return out;
    }

    @Override
    public Contributions contributions(Matrix features) {
      Training.checkColumns(columns, features);
      return new Contributions(mean, new double[features.rows()][columns]);
    }

    @Override
    public byte[] toBytes() {
      return RegressorIo.write(
          KIND,
          out -> {
            out.writeInt(columns);
            out.writeDouble(mean);
          });
    }
  }
}
