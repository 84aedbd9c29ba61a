package dev.anvil.predict.regressor;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Random forest by XGBoost: unboosted trees on histograms, whose leaves hold means; each tree sees
 * a share of the rows, drawn without putting back (Breiman draws with putting back), and each split
 * a share of the columns.
 *
 * <p>The forest is, to the bit, the one that XGBoost grows in one round by {@code
 * num_parallel_tree}. Such a round cannot be stopped; here trees grow one by one.
 *
 * @param trees number of trees
 * @param depth most splits above a leaf
 * @param leaf fewest rows in a leaf
 * @param rowShare rows that a tree sees, above 0, to 1
 * @param columnShare columns that a split chooses from, above 0, to 1
 * @param threads for training; one for prediction
 */
public record RandomForest(
    int trees, int depth, int leaf, double rowShare, double columnShare, int threads, long seed)
    implements Trainer {
  public RandomForest {
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> counts =
        new TreeMap<>(Map.of("trees", trees, "depth", depth, "leaf", leaf, "threads", threads));
    counts.forEach(
        (name, value) -> {
          if (value < 1) {
            problems.add(
                new Problem("forest " + name, "found %d; expected at least 1".formatted(value)));
          }
        });
    Map<String, Double> shares =
        new TreeMap<>(Map.of("row share", rowShare, "column share", columnShare));
    shares.forEach(
        (name, value) -> {
          if (!(value > 0 && value <= 1)) {
            problems.add(
                new Problem("forest " + name, "found %s; expected above 0, to 1".formatted(value)));
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** 300 trees that see 63 % of the rows; splits choose from a tenth of an embedding's columns. */
  public static RandomForest standard(int threads, long seed) {
    return new RandomForest(300, 10, 3, .63, .1, threads, seed);
  }

  /** The same for the few columns of tags: splits choose from a third of them. */
  public static RandomForest onTags(int threads, long seed) {
    return new RandomForest(300, 10, 3, .63, 1.0 / 3, threads, seed);
  }

  @Override
  public String name() {
    return "random-forest";
  }

  @Override
  public boolean explains() {
    return true;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> out = new TreeMap<>();
    parameters().forEach((name, value) -> out.put(name, value.toString()));
    out.put("num_boost_round", Integer.toString(trees));
    return out;
  }

  private Map<String, Object> parameters() {
    Map<String, Object> out = new TreeMap<>();
    out.put("objective", "reg:squarederror");
    out.put("tree_method", "hist");
    // XGBoost adds up trees; a forest is their mean
    out.put("eta", 1f / trees);
    out.put("lambda", 0);
    out.put("max_depth", depth);
    out.put("min_child_weight", leaf);
    out.put("subsample", rowShare);
    out.put("colsample_bynode", columnShare);
    out.put("max_bin", 64);
    out.put("nthread", threads);
    out.put("seed", (int) seed);
    out.put("verbosity", 0);
    return out;
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
        return (subsetTarget, step) -> fit(features.select(rows), subsetTarget, step);
      }
    };
  }

  /**
   * Every tree learns the residuals of the mean: boosting would learn those of the trees before.
   */
  private Regressor fit(Matrix features, double[] target, RunContext context) {
    context.checkCancelled();
    float[] labels = XgBoost.Labelled.toFloats(target);
    float[] weights = XgBoost.Labelled.toFloats(features.weights());
    float mean = mean(labels, weights);
    float[] gradients = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      gradients[i] = (mean - labels[i]) * weights[i];
    }
    Map<String, Object> parameters = parameters();
    parameters.put("base_score", mean);
    try (XgBoost.Labelled training = new XgBoost.Labelled(features, target)) {
      Booster booster = XGBoost.train(training.matrix(), parameters, 1, Map.of(), null, null);
      try {
        for (int tree = 1; tree < trees; tree++) {
          context.checkCancelled();
          booster.boost(training.matrix(), tree, gradients, weights);
        }
        return BoostedTrees.of(booster.toByteArray("ubj"), features.columns());
      } finally {
        booster.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not train", e);
    }
  }

  private static float mean(float[] labels, float[] weights) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += labels[i] * weights[i];
      weight += weights[i];
    }
    return (float) (sum / weight);
  }
}
