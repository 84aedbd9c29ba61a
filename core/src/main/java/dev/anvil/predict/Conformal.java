package dev.anvil.predict;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.Training;
import dev.anvil.predict.split.Splits;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.stats.Interval;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Prediction intervals by split conformal prediction (Lei et al. 2018) on time: trained on the
 * oldest posts, calibrated on newer ones, tested on the newest (docs/method.md section 2). Posts
 * without times are taken in random order, groups together.
 *
 * <p>The coverage holds for new posts that are exchangeable with the calibration posts. It does not
 * extend to edited pictures, which nobody has posted.
 *
 * @param level target coverage
 * @param achieved share of the test posts within their interval
 * @param halfWidth of the interval around a prediction, on the scale of the target
 * @param calibrationPosts number of posts that the width comes from
 * @param testPosts number of posts that the achieved coverage comes from
 */
public record Conformal(
    double level, double achieved, double halfWidth, int calibrationPosts, int testPosts) {
  /** Printed wherever intervals of edited pictures could be expected. */
  public static final String LIMITS =
      "The coverage is measured on real posts newer than those trained on. It does not extend to"
          + " edited pictures.";

  private static final double CALIBRATION_SHARE = .2;
  private static final double TEST_SHARE = .2;

  /**
   * Trains on the oldest 60 % of the posts, calibrates on the next 20 %, tests on the newest 20 %.
   *
   * @param target transform fitted to the oldest 60 % at most, finite for every row
   * @param level target coverage, between 0 and 1
   * @throws InvalidInputException if there are too few posts for the level
   */
  public static Conformal measure(
      Trainer trainer,
      Matrix features,
      double[] target,
      int[] groups,
      List<Optional<LocalDateTime>> times,
      double level,
      RunContext context) {
    Training.check(features, target, groups);
    int[] order = Splits.oldestFirst(times, groups);
    int test = (int) Math.round(order.length * TEST_SHARE);
    int calibration = (int) Math.round(order.length * CALIBRATION_SHARE);
    int train = order.length - test - calibration;
    int[] training = Arrays.copyOfRange(order, 0, train);
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
      return of(calibrationErrors, testErrors, level);
    }
  }

  /** From absolute errors of posts that were not trained on. */
  static Conformal of(double[] calibrationErrors, double[] testErrors, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level %s is not between 0 and 1".formatted(level));
    }
    int n = calibrationErrors.length;
    int rank = (int) Math.ceil((n + 1) * level);
    if (rank > n || testErrors.length == 0) {
      throw new InvalidInputException(
          "posts",
          "found %d posts to calibrate and %d to test intervals of level %s; expected at least %d and 1"
              .formatted(n, testErrors.length, level, (int) Math.ceil(level / (1 - level))));
    }
    double[] sorted = Arrays.stream(calibrationErrors).sorted().toArray();
    double halfWidth = sorted[rank - 1];
    double achieved =
        Arrays.stream(testErrors).filter(e -> e <= halfWidth).count() / (double) testErrors.length;
    return new Conformal(level, achieved, halfWidth, n, testErrors.length);
  }

  private static double[] errors(
      Regressor regressor, Matrix features, double[] target, int[] rows) {
    double[] predicted = regressor.predict(features.select(rows));
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> Math.abs(target[rows[i]] - predicted[i]))
        .toArray();
  }

  /** Around a prediction, on the scale of the target. */
  public Interval around(double prediction) {
    return new Interval(prediction - halfWidth, prediction, prediction + halfWidth, level);
  }

  /** Around a prediction, on the metric's own scale: the ends go through the inverse. */
  public Interval around(double prediction, TargetTransform transform, Optional<LocalDateTime> time) {
    return new Interval(
        transform.invert(time, prediction - halfWidth),
        transform.invert(time, prediction),
        transform.invert(time, prediction + halfWidth),
        level);
  }
}
