package dev.anvil.predict.regressor;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.natives.NativeLibraries;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.split.Folds;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Gradient boosted trees by XGBoost (histograms, CPU); unknown values take a learnt branch. */
public final class XgBoost implements Trainer {
  static final String KIND = "xgboost";

  /** How its regressors are kept, and which of its trainers fit models. */
  static final RegressorKind FORMAT =
      new RegressorKind() {
        @Override
        public String name() {
          return KIND;
        }

        @Override
        public Regressor read(DataInputStream in) throws IOException {
          return BoostedTrees.read(in);
        }

        @Override
        public List<Trainer> trainers(Learned model) {
          return List.of(
              light(model.threads(), model.seed()),
              fast(model.threads(), model.seed()),
              paper(model.threads(), model.seed()));
        }

        @Override
        public List<Trainer> candidates(int threads, long seed) {
          return List.of(light(threads, seed));
        }
      };

  /** Groups are held back in this many turns to choose the number of trees. */
  private static final int FOLDS = 3;

  private final Settings settings;

  /**
   * Settings of XGBoost.
   *
   * @param label for tables, added to the trainer's name
   * @param trees number of trees, or the most that are tried when {@code patience} is not 0
   * @param depth of a tree
   * @param learningRate of each tree
   * @param bins per column
   * @param columnShare of the columns that a tree sees, above 0, to 1
   * @param patience trees without improvement on groups held back before the search for the best
   *     number of trees ends; 0 to use {@code trees}
   * @param threads for training; one for prediction
   */
  public record Settings(
      String label,
      int trees,
      int depth,
      double learningRate,
      int bins,
      double columnShare,
      int patience,
      int threads,
      long seed) {
    public Settings {
      requireNonNull(label, "label is null");
      List<Problem> problems = new ArrayList<>();
      atLeast(problems, "trees", trees, 1);
      atLeast(problems, "depth", depth, 1);
      atLeast(problems, "bins", bins, 2);
      atLeast(problems, "patience", patience, 0);
      atLeast(problems, "threads", threads, 1);
      share(problems, "learning rate", learningRate);
      share(problems, "column share", columnShare);
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
    }

    private static void atLeast(List<Problem> problems, String name, int value, int least) {
      if (value < least) {
        problems.add(
            new Problem(
                "xgboost " + name, "found %d; expected at least %d".formatted(value, least)));
      }
    }

    private static void share(List<Problem> problems, String name, double value) {
      if (!(value > 0 && value <= 1)) {
        problems.add(
            new Problem("xgboost " + name, "found %s; expected above 0, to 1".formatted(value)));
      }
    }
  }

  public XgBoost(Settings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** The paper's settings: 1000 trees of depth 7 at rate .1. */
  public static XgBoost paper(int threads, long seed) {
    return new XgBoost(new Settings("paper", 1000, 7, .1, 256, 1, 0, threads, seed));
  }

  /** Stopped early: shallow trees that each see a fifth of the columns; for small campaigns. */
  public static XgBoost fast(int threads, long seed) {
    return new XgBoost(new Settings("fast", 300, 4, .05, 64, .2, 30, threads, seed));
  }

  /**
   * Stopped early and coarser, for refits by the dozen: about a sixth of the time of {@link #fast}
   * on 1,000 posts with 4,450 columns.
   */
  public static XgBoost light(int threads, long seed) {
    return new XgBoost(new Settings("light", 150, 3, .1, 32, .1, 15, threads, seed));
  }

  @Override
  public String name() {
    return KIND + "-" + settings.label();
  }

  @Override
  public boolean explains() {
    return true;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> out = new TreeMap<>();
    parameters().forEach((name, value) -> out.put(name, value.toString()));
    out.put("num_boost_round", Integer.toString(settings.trees()));
    out.put("early_stopping_rounds", Integer.toString(settings.patience()));
    return out;
  }

  private Map<String, Object> parameters() {
    return new TreeMap<>(
        Map.of(
            "objective", "reg:squarederror",
            "tree_method", "hist",
            "max_depth", settings.depth(),
            "eta", settings.learningRate(),
            "max_bin", settings.bins(),
            "colsample_bytree", settings.columnShare(),
            "nthread", settings.threads(),
            "seed", (int) settings.seed(),
            "verbosity", 0));
  }

  @Override
  public Refitter prepare(Matrix features, double[] target, int[] groups, RunContext context) {
    Training.check(features, target, groups);
    int trees =
        settings.patience() == 0
            ? settings.trees()
            : chooseTrees(features, target, groups, context);
    return new Refitter() {
      @Override
      public Map<String, String> choices() {
        return settings.patience() == 0 ? Map.of() : Map.of("trees", Integer.toString(trees));
      }

      @Override
      public Subset on(int[] rows) {
        return (subsetTarget, step) -> fit(features.select(rows), subsetTarget, trees, step);
      }
    };
  }

  /**
   * The number of trees with the smallest error on groups held back in turns. The turns grow side
   * by side, and the search ends when their common error has not improved for {@code patience}
   * trees.
   *
   * <p>XGBoost's own early stopping looks at one part only and prints every step.
   */
  private int chooseTrees(Matrix features, double[] target, int[] groups, RunContext context) {
    Folds folds = Folds.grouped(groups, FOLDS, Seeds.derive(settings.seed(), "trees"));
    List<Turn> turns = new ArrayList<>();
    try {
      for (int fold = 0; fold < folds.count(); fold++) {
        turns.add(new Turn(features, target, folds.outside(fold), folds.inside(fold)));
      }
      int best = 0;
      double smallest = Double.POSITIVE_INFINITY;
      for (int tree = 0; tree < settings.trees() && tree - best <= settings.patience(); tree++) {
        context.checkCancelled();
        double squares = 0;
        for (Turn turn : turns) {
          squares += turn.squaresAfter(tree);
        }
        if (squares < smallest) {
          smallest = squares;
          best = tree;
        }
      }
      return best + 1;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not train", e);
    } finally {
      turns.forEach(Turn::close);
    }
  }

  /** One part trained on, tree by tree, and one held back. */
  private final class Turn implements AutoCloseable {
    private final Labelled training;
    private final Labelled heldBack;
    private final int rows;
    private final Booster booster;

    Turn(Matrix features, double[] target, int[] train, int[] test) throws XGBoostError {
      training = new Labelled(features.select(train), Training.select(target, train));
      heldBack = new Labelled(features.select(test), Training.select(target, test));
      rows = test.length;
      booster = begin(training);
    }

    /** Squared error on the part held back after the tree numbered {@code tree} is grown. */
    double squaresAfter(int tree) throws XGBoostError {
      if (tree > 0) {
        booster.update(training.matrix(), tree);
      }
      float[] rmse = new float[1];
      booster.evalSet(new DMatrix[] {heldBack.matrix()}, new String[] {"held back"}, tree, rmse);
      return rows * (double) rmse[0] * rmse[0];
    }

    @Override
    public void close() {
      booster.dispose();
      training.close();
      heldBack.close();
    }
  }

  /** A model of one tree. */
  private Booster begin(Labelled training) throws XGBoostError {
    return XGBoost.train(training.matrix(), parameters(), 1, Map.of(), null, null);
  }

  /** Tree by tree, as {@code XGBoost.train} does it, so that it can be stopped. */
  private Regressor fit(Matrix features, double[] target, int trees, RunContext context) {
    context.checkCancelled();
    try (Labelled training = new Labelled(features, target)) {
      Booster booster = begin(training);
      try {
        for (int tree = 1; tree < trees; tree++) {
          context.checkCancelled();
          booster.update(training.matrix(), tree);
        }
        return BoostedTrees.of(booster.toByteArray("ubj"), features.columns());
      } finally {
        booster.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not train", e);
    }
  }

  /** Native copy of features and target. */
  static final class Labelled implements AutoCloseable {
    static {
      NativeLibraries.xgboost();
    }

    private final DMatrix matrix;

    Labelled(Matrix features, double[] target) throws XGBoostError {
      matrix = new DMatrix(features.values(), features.rows(), features.columns(), Float.NaN);
      matrix.setLabel(toFloats(target));
      if (features.isWeighted()) {
        matrix.setWeight(toFloats(features.weights()));
      }
    }

    static float[] toFloats(double[] values) {
      float[] out = new float[values.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) values[i];
      }
      return out;
    }

    DMatrix matrix() {
      return matrix;
    }

    @Override
    public void close() {
      matrix.dispose();
    }
  }
}
