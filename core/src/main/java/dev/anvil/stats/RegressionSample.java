package dev.anvil.stats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Actual and predicted values, sorted once, so that the metrics of a resample cost one pass.
 *
 * <p>A resample is given as how often each row occurs in it. Repeats of one row make no pair.
 */
final class RegressionSample {
  private final double[] actual;
  private final double[] predicted;
  private final int[] actualOrder;
  private final int[] predictedOrder;
  private final int[][] blocks;
  private final double[] weights;

  RegressionSample(double[] actual, double[] predicted, int[] blockOfRow) {
    this(actual, predicted, blockOfRow, ones(actual.length));
  }

  /**
   * @param weights how much the squared and absolute error of each row counts; ranks and pairs
   *     count alike
   */
  RegressionSample(double[] actual, double[] predicted, int[] blockOfRow, double[] weights) {
    Checks.sameLength(actual.length, weights.length, "weights");
    this.weights = weights.clone();
    Checks.finite(actual, 2, "actual");
    Checks.finite(predicted, 2, "predicted");
    Checks.sameLength(actual.length, predicted.length, "predicted");
    if (blockOfRow.length > 0) {
      Checks.sameLength(actual.length, blockOfRow.length, "blocks");
    }
    if (Arrays.stream(actual).distinct().count() == 1) {
      throw new IllegalArgumentException("actual is the same in every row; R2 is undefined");
    }
    this.actual = actual.clone();
    this.predicted = predicted.clone();
    this.actualOrder = Correlation.order(actual);
    this.predictedOrder = Correlation.order(predicted);
    this.blocks = members(blockOfRow);
  }

  private static double[] ones(int rows) {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static int[][] members(int[] blockOfRow) {
    Map<Integer, IntStream.Builder> members = new LinkedHashMap<>();
    for (int i = 0; i < blockOfRow.length; i++) {
      members.computeIfAbsent(blockOfRow[i], block -> IntStream.builder()).add(i);
    }
    return members.values().stream().map(b -> b.build().toArray()).toArray(int[][]::new);
  }

  int rows() {
    return actual.length;
  }

  /**
   * RMSE, MAE, R2, Spearman, pair accuracy; NaN where undefined.
   *
   * @param times how often each row occurs
   */
  double[] metrics(int[] times) {
    double n = 0;
    double sum = 0;
    double absolute = 0;
    double squared = 0;
    for (int i = 0; i < actual.length; i++) {
      double error = actual[i] - predicted[i];
      double counts = times[i] * weights[i];
      n += counts;
      sum += counts * actual[i];
      absolute += counts * Math.abs(error);
      squared += counts * error * error;
    }
    double spread = 0;
    for (int i = 0; i < actual.length; i++) {
      spread += times[i] * weights[i] * (actual[i] - sum / n) * (actual[i] - sum / n);
    }
    return new double[] {
      Math.sqrt(squared / n),
      absolute / n,
      spread > 0 ? 1 - squared / spread : Double.NaN,
      spearman(times),
      pairAccuracy(times)
    };
  }

  private double spearman(int[] times) {
    double[] actualRanks = new double[actual.length];
    double[] predictedRanks = new double[actual.length];
    Correlation.ranks(actual, actualOrder, times, actualRanks);
    Correlation.ranks(predicted, predictedOrder, times, predictedRanks);
    return Correlation.weighted(actualRanks, predictedRanks, times);
  }

  private double pairAccuracy(int[] times) {
    double pairs = 0;
    double right = 0;
    for (int[] block : blocks) {
      for (int a = 0; a < block.length; a++) {
        int i = block[a];
        if (times[i] == 0) {
          continue;
        }
        for (int b = 0; b < a; b++) {
          int j = block[b];
          double truth = Math.signum(actual[i] - actual[j]);
          double pair = (double) times[i] * times[j] * Math.abs(truth);
          pairs += pair;
          right += pair * (1 + truth * Math.signum(predicted[i] - predicted[j])) / 2;
        }
      }
    }
    return pairs > 0 ? right / pairs : Double.NaN;
  }
}
