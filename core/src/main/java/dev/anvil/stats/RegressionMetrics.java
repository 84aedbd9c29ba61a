package dev.anvil.stats;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How well predictions meet what was measured (docs/method.md section 2, Table I).
 *
 * @param rows compared
 * @param rmse root mean squared error, in the units of the target
 * @param mae mean absolute error, in the units of the target
 * @param r2 one minus squared error over squared deviation from the mean of {@code actual}; below 0
 *     when predicting that mean would be better
 * @param spearman rank correlation; empty when the prediction is the same everywhere
 * @param pairAccuracy share of the pairs within a block, such as a month, that the prediction puts
 *     in the right order, a tied prediction counting one half; empty without blocks or when no
 *     block has two rows that differ
 */
public record RegressionMetrics(
    int rows,
    double rmse,
    double mae,
    double r2,
    OptionalDouble spearman,
    OptionalDouble pairAccuracy) {

  /** Without pairs. */
  public static RegressionMetrics of(double[] actual, double[] predicted) {
    return of(new RegressionSample(actual, predicted, new int[0]));
  }

  /**
   * With pairs.
   *
   * @param blocks one number per row; only rows of one block are paired
   */
  public static RegressionMetrics of(double[] actual, double[] predicted, int[] blocks) {
    Checks.sameLength(actual.length, blocks.length, "blocks");
    return of(new RegressionSample(actual, predicted, blocks));
  }

  private static RegressionMetrics of(RegressionSample sample) {
    int[] once = new int[sample.rows()];
    Arrays.fill(once, 1);
    double[] values = sample.metrics(once);
    return new RegressionMetrics(
        sample.rows(),
        values[0],
        values[1],
        values[2],
        Correlation.optional(values[3]),
        Correlation.optional(values[4]));
  }
}
