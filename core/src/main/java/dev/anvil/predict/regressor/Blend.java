package dev.anvil.predict.regressor;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.split.Folds;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weighted mean of two kinds of regressor; the weight is the one with the smallest squared error on
 * groups that neither was trained on, so that the data choose (docs/method.md section 4).
 *
 * @param seed of the folds
 */
public record Blend(Trainer first, Trainer second, long seed) implements Trainer {
  static final String KIND = "blend";

  /** How its regressors are kept, and which of its trainers fit models. */
  static final RegressorKind FORMAT =
      new RegressorKind() {
        @Override
        public String name() {
          return KIND;
        }

        @Override
        public Regressor read(DataInputStream in) throws IOException {
          return Fitted.read(in);
        }

        @Override
        public List<Trainer> trainers(Learned model) {
          return List.of(ridgeAndTrees(model.threads(), model.seed()));
        }
      };
  private static final int FOLDS = 5;

  public Blend {
    requireNonNull(first, "first is null");
    requireNonNull(second, "second is null");
  }

  /** Ridge and the trees that are light enough to be refitted. */
  public static Blend ridgeAndTrees(int threads, long seed) {
    return new Blend(Ridge.chosen(), XgBoost.light(threads, seed), seed);
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public boolean explains() {
    return first.explains() && second.explains();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> out = new HashMap<>();
    first.settings().forEach((name, value) -> out.put(first.name() + "." + name, value));
    second.settings().forEach((name, value) -> out.put(second.name() + "." + name, value));
    out.put("folds", Integer.toString(FOLDS));
    out.put("seed", Long.toString(seed));
    return Map.copyOf(out);
  }

  @Override
  public Refitter prepare(
      Matrix features, double[] target, int[] groups, RunContext context) {
    Training.check(features, target, groups);
    Refitter one = first.prepare(features, target, groups, context);
    Refitter two = second.prepare(features, target, groups, context);
    double weight = weight(features, target, groups, one, two, context);
    return new Refitter() {
      @Override
      public Map<String, String> choices() {
        Map<String, String> out = new HashMap<>();
        one.choices().forEach((name, value) -> out.put(first.name() + "." + name, value));
        two.choices().forEach((name, value) -> out.put(second.name() + "." + name, value));
        out.put("weight." + first.name(), Double.toString(weight));
        return Map.copyOf(out);
      }

      @Override
      public Subset on(int[] rows) {
        Subset a = one.on(rows);
        Subset b = two.on(rows);
        return (subsetTarget, step) ->
            new Fitted(a.fit(subsetTarget, step), b.fit(subsetTarget, step), weight);
      }
    };
  }

  /** Weight of the first from 0 to 1; one half when both predict the same. */
  private double weight(
      Matrix features, double[] target, int[] groups, Refitter one, Refitter two, RunContext context) {
    Folds folds = Folds.grouped(groups, FOLDS, Seeds.derive(seed, "blend"));
    double product = 0;
    double squares = 0;
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] outside = folds.outside(fold);
      int[] inside = folds.inside(fold);
      double[] known = Training.select(target, outside);
      Matrix unseen = features.select(inside);
      double[] a = predicted(one.on(outside), known, unseen, context);
      double[] b = predicted(two.on(outside), known, unseen, context);
      for (int i = 0; i < inside.length; i++) {
        product += (a[i] - b[i]) * (target[inside[i]] - b[i]);
        squares += (a[i] - b[i]) * (a[i] - b[i]);
      }
    }
    return squares > 0 ? Math.min(1, Math.max(0, product / squares)) : .5;
  }

  private static double[] predicted(
      Refitter.Subset subset, double[] known, Matrix unseen, RunContext context) {
    try (Regressor regressor = subset.fit(known, context)) {
      return regressor.predict(unseen);
    }
  }

  record Fitted(Regressor first, Regressor second, double weight) implements Explained {
    @Override
    public double[] predict(Matrix features) {
      double[] a = first.predict(features);
      double[] b = second.predict(features);
      for (int i = 0; i < a.length; i++) {
        a[i] = weight * a[i] + (1 - weight) * b[i];
      }
      return a;
    }

    /** The weighted mean of both regressors' contributions. */
    @Override
    public Contributions contributions(Matrix features) {
      Contributions a = Explained.of(first).contributions(features);
      Contributions b = Explained.of(second).contributions(features);
      double[][] out = new double[features.rows()][features.columns()];
      for (int i = 0; i < out.length; i++) {
        for (int k = 0; k < out[i].length; k++) {
          out[i][k] = weight * a.byColumn()[i][k] + (1 - weight) * b.byColumn()[i][k];
        }
      }
      return new Contributions(weight * a.base() + (1 - weight) * b.base(), out);
    }

    @Override
    public byte[] toBytes() {
      return RegressorIo.write(
          KIND,
          out -> {
            out.writeDouble(weight);
            RegressorIo.writeBytes(out, first.toBytes());
            RegressorIo.writeBytes(out, second.toBytes());
          });
    }

    @Override
    public void close() {
      first.close();
      second.close();
    }

    static Fitted read(DataInputStream in) throws IOException {
      double weight = in.readDouble();
      Regressor first = RegressorIo.read(RegressorIo.readBytes(in));
      return new Fitted(first, RegressorIo.read(RegressorIo.readBytes(in)), weight);
    }
  }
}
