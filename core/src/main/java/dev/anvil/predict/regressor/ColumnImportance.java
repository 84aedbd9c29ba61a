package dev.anvil.predict.regressor;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Dense;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.split.Folds;
import dev.anvil.stats.Interval;
import dev.anvil.stats.Intervals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What trees make of a readable column (docs/method.md section 6). An association among the posts
 * that there were, without a sign; not the effect of a change.
 *
 * <p>Over four repeats of five-fold cross-validation by groups. Intervals are those of the
 * corrected resampled t ({@link Intervals#crossValidated}).
 *
 * @param column its name
 * @param gain share of what the splits gain that is due to the column, 0 to 1; favours columns with
 *     many values and counts overfitting too
 * @param permutation by how much the squared error of posts held back rises, in variances of the
 *     target, when the column is shuffled among them; understates columns that say the same
 */
public record ColumnImportance(String column, Interval gain, Interval permutation) {
  private static final int REPEATS = 4;
  private static final int FOLDS = 5;
  private static final double LEVEL = .95;

  public ColumnImportance {
    requireNonNull(column, "column is null");
    requireNonNull(gain, "gain is null");
    requireNonNull(permutation, "permutation is null");
  }

  /**
   * Importances of all columns, the largest by permutation first.
   *
   * @param trees a trainer of trees by XGBoost
   * @param names one per column
   */
  public static List<ColumnImportance> of(
      Trainer trees,
      Matrix features,
      List<String> names,
      double[] target,
      int[] groups,
      long seed,
      RunContext context) {
    if (names.size() != features.columns()) {
      throw new IllegalArgumentException(
          "found %d names and %d columns".formatted(names.size(), features.columns()));
    }
    Refitter refitter = trees.prepare(features, target, groups, context);
    double variance = variance(target);
    List<double[]> gains = new ArrayList<>();
    List<double[]> rises = new ArrayList<>();
    try (Phase phase = context.start("importances", REPEATS * FOLDS)) {
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        Folds folds = Folds.grouped(groups, FOLDS, Seeds.derive(seed, "importance", repeat));
        for (int fold = 0; fold < folds.count(); fold++) {
          int[] train = folds.outside(fold);
          int[] test = folds.inside(fold);
          try (Regressor regressor =
              refitter.on(train).fit(Training.select(target, train), phase.context())) {
            if (!(regressor instanceof BoostedTrees grown)) {
              throw new IllegalArgumentException(trees.name() + " grows no trees");
            }
            double[] gained = grown.gains();
            double all = Math.max(Double.MIN_NORMAL, Dense.sum(gained, 0, gained.length));
            gains.add(
                IntStream.range(0, gained.length).mapToDouble(k -> gained[k] / all).toArray());
            rises.add(
                rises(
                    grown,
                    gained,
                    features.select(test),
                    Training.select(target, test),
                    variance,
                    Seeds.random(seed, "permutation", repeat, fold),
                    phase.context()));
          }
          phase.step(1);
        }
      }
    }
    double testToTrain = 1.0 / (FOLDS - 1);
    return IntStream.range(0, names.size())
        .mapToObj(
            k ->
                new ColumnImportance(
                    names.get(k),
                    Intervals.crossValidated(column(gains, k), testToTrain, LEVEL),
                    Intervals.crossValidated(column(rises, k), testToTrain, LEVEL)))
        .sorted(
            Comparator.comparingDouble((ColumnImportance i) -> i.permutation().point()).reversed())
        .toList();
  }

  private static double[] rises(
      Regressor regressor,
      double[] gained,
      Matrix features,
      double[] target,
      double variance,
      SplittableRandom random,
      RunContext context) {
    double before = squares(regressor.predict(features), target);
    double[] rises = new double[gained.length];
    for (int k = 0; k < rises.length; k++) {
      context.checkCancelled();
      int[] order = Folds.shuffled(target.length, random);
      // no split, no change
      if (gained[k] > 0) {
        float[] values = features.values().clone();
        for (int i = 0; i < order.length; i++) {
          values[i * rises.length + k] = features.get(order[i], k);
        }
        Matrix other = new Matrix(target.length, rises.length, values);
        double after = squares(regressor.predict(other), target);
        rises[k] = (after - before) / target.length / variance;
      }
    }
    return rises;
  }

  private static double squares(double[] predicted, double[] target) {
    return IntStream.range(0, target.length)
        .mapToDouble(i -> (predicted[i] - target[i]) * (predicted[i] - target[i]))
        .sum();
  }

  private static double variance(double[] target) {
    double mean = Dense.sum(target, 0, target.length) / target.length;
    double squares =
        IntStream.range(0, target.length)
            .mapToDouble(i -> (target[i] - mean) * (target[i] - mean))
            .sum();
    return squares > 0 ? squares / target.length : 1;
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }
}
