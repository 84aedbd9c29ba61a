package dev.anvil.predict;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.Training;
import dev.anvil.predict.split.Folds;
import dev.anvil.predict.split.Splits;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Prediction intervals by conformal prediction (docs/method.md section 2): {@link Way#TIME}
 * calibrates on posts newer than those trained on and tests on the newest (Lei et al. 2018); {@link
 * Way#GROUPS}, where posts have no order in time or are few, calibrates on predictions of posts by
 * refits that never saw their near-duplicates (cross-conformal, Vovk 2015).
 *
 * <p>The coverage holds for new posts that are exchangeable with the calibration posts. It does not
 * extend to edited pictures, which nobody has posted.
 *
 * @param level target coverage
 * @param achieved share of the test posts within their interval
 * @param halfWidth of the interval around a prediction of weight 1, in the model's units of the
 *     target; the more a post weighs, the narrower, by the root of the weight
 * @param calibrationPosts number of posts that the width comes from
 * @param testPosts number of posts that the achieved coverage comes from
 * @param way how it was calibrated
 */
public record Conformal(
    double level, double achieved, double halfWidth, int calibrationPosts, int testPosts, Way way) {
  /** What a calibration post is, to the regressor that predicts it. */
  public enum Way {
    /** Newer than all that was trained on. */
    TIME,
    /** Of a group of near-duplicates that was not trained on. */
    GROUPS
  }

  private static final double CALIBRATION_SHARE = .2;
  private static final double TEST_SHARE = .2;

  /**
   * Trains on the oldest 60 % of the posts, calibrates on the next 20 %, tests on the newest 20 %.
   *
   * @param knowing the targets of all rows, by a transform that was fitted to the given rows alone,
   *     in the model's units
   * @param level target coverage, between 0 and 1
   * @throws InvalidInputException if there are too few posts for the level
   */
  public static Conformal measure(
      Trainer trainer,
      Matrix features,
      Function<int[], double[]> knowing,
      int[] groups,
      List<Optional<LocalDateTime>> times,
      double level,
      RunContext context) {
    int[] order = Splits.oldestFirst(times, groups);
    int test = (int) Math.round(order.length * TEST_SHARE);
    int calibration = (int) Math.round(order.length * CALIBRATION_SHARE);
    int train = order.length - test - calibration;
    int[] training = Arrays.copyOfRange(order, 0, train);
    double[] target = knowing.apply(training);
    Training.check(features, target, groups);
    try (Regressor regressor =
        trainer.train(
            features.select(training),
            Training.select(target, training),
            Training.select(groups, training),
            context)) {
      double[] calibrationErrors =
          errors(
              regressor, features, target, Arrays.copyOfRange(order, train, train + calibration));
      double[] testErrors =
          errors(
              regressor,
              features,
              target,
              Arrays.copyOfRange(order, train + calibration, order.length));
      return of(calibrationErrors, testErrors, level, Way.TIME);
    }
  }

  /**
   * Calibrates on out-of-sample errors of all posts, scaled by the roots of their weights. The
   * achieved coverage is that of either half of the groups by a width from the other half.
   *
   * @param errors one absolute error per post, by regressors that never saw its group
   * @param groups one number per post
   * @return empty where there are too few posts for the level
   */
  public static Optional<Conformal> crossed(
      double[] errors, int[] groups, double level, long seed) {
    if (rank(errors.length, level) > errors.length) {
      return Optional.empty();
    }
    Folds halves = Folds.grouped(groups, 2, seed);
    int within = 0;
    int tested = 0;
    for (int half = 0; half < halves.count(); half++) {
      double[] others = sorted(Training.select(errors, halves.outside(half)));
      int rank = Math.min(rank(others.length, level), others.length);
      for (int row : halves.inside(half)) {
        within += errors[row] <= others[rank - 1] ? 1 : 0;
        tested++;
      }
    }
    return Optional.of(
        new Conformal(
            level,
            within / (double) tested,
            sorted(errors)[rank(errors.length, level) - 1],
            errors.length,
            tested,
            Way.GROUPS));
  }

  /** Whether so many posts in time are enough to calibrate and to test. */
  public static boolean isEnough(int posts, double level) {
    int calibration = (int) Math.round(posts * CALIBRATION_SHARE);
    return rank(calibration, level) <= calibration;
  }

  /** Which of so many errors, from the smallest, is the half width. */
  private static int rank(int errors, double level) {
    return (int) Math.ceil((errors + 1) * level - 1e-9);
  }

  private static double[] sorted(double[] values) {
    return Arrays.stream(values).sorted().toArray();
  }

  /** From absolute errors of posts that were not trained on. */
  static Conformal of(double[] calibrationErrors, double[] testErrors, double level, Way way) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level %s is not between 0 and 1".formatted(level));
    }
    int n = calibrationErrors.length;
    int rank = rank(n, level);
    if (rank > n || testErrors.length == 0) {
      throw new InvalidInputException(
          "posts",
          "found %d posts to calibrate and %d to test intervals of level %s; expected at least %d and 1"
              .formatted(n, testErrors.length, level, (int) Math.ceil(level / (1 - level))));
    }
    double halfWidth = sorted(calibrationErrors)[rank - 1];
    double achieved =
        Arrays.stream(testErrors).filter(e -> e <= halfWidth).count() / (double) testErrors.length;
    return new Conformal(level, achieved, halfWidth, n, testErrors.length, way);
  }

  private static double[] errors(
      Regressor regressor, Matrix features, double[] target, int[] rows) {
    Matrix of = features.select(rows);
    double[] predicted = regressor.predict(of);
    double[] weights = of.weights();
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> Math.sqrt(weights[i]) * Math.abs(target[rows[i]] - predicted[i]))
        .toArray();
  }
}
