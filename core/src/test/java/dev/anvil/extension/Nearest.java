package dev.anvil.extension;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.RegressorIo;
import dev.anvil.predict.regressor.RegressorKind;
import dev.anvil.predict.regressor.Trainer;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A regressor from outside: what the post got that is most alike in the first column. */
public final class Nearest implements RegressorKind, Trainer {
  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public Regressor read(DataInputStream in) throws IOException {
    return new Fitted(RegressorIo.readDoubles(in), RegressorIo.readDoubles(in));
  }

  @Override
  public List<Trainer> trainers(Learned model) {
    return List.of(this);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("neighbours", "1");
  }

  @Override
  public boolean explains() {
    return false;
  }

  @Override
  public Refitter prepare(
      Matrix features, double[] target, int[] groups, RunContext context) {
    return new Refitter() {
      @Override
      public Map<String, String> choices() {
        return Map.of();
      }

      @Override
      public Subset on(int[] rows) {
        double[] at = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
          at[i] = features.get(rows[i], 0);
        }
        return (subsetTarget, step) -> new Fitted(at, subsetTarget);
      }
    };
  }

  /**
   * What was learned.
   *
   * @param at first column of each post
   * @param target of each post
   */
  private record Fitted(double[] at, double[] target) implements Regressor {
    @Override
    public double[] predict(Matrix features) {
      double[] out = new double[features.rows()];
      for (int i = 0; i < out.length; i++) {
        int best = 0;
        for (int k = 1; k < at.length; k++) {
          double x = features.get(i, 0);
          best = Math.abs(at[k] - x) < Math.abs(at[best] - x) ? k : best;
        }
        out[i] = target[best];
      }
      return out;
    }

    @Override
    public byte[] toBytes() {
      return RegressorIo.write(
          "nearest",
          out -> {
            RegressorIo.writeDoubles(out, at);
            RegressorIo.writeDoubles(out, target);
          });
    }
  }
}
