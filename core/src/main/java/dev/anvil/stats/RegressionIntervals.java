package dev.anvil.stats;

import dev.anvil.RunContext;
import java.util.List;
import java.util.Optional;

/**
 * The metrics of {@link RegressionMetrics} with intervals from a bootstrap over groups.
 *
 * @param spearman empty when the prediction is the same everywhere
 * @param pairAccuracy empty when there are no pairs
 */
public record RegressionIntervals(
    Interval rmse,
    Interval mae,
    Interval r2,
    Optional<Interval> spearman,
    Optional<Interval> pairAccuracy) {

  /**
   * Computes all metrics from the same draws.
   *
   * @param actual finite, not all equal
   * @param predicted finite
   * @param blocks one number per row, only rows of one block are paired; or empty for no pairs
   * @param bootstrap whose groups number the rows
   */
  public static RegressionIntervals of(
      double[] actual,
      double[] predicted,
      int[] blocks,
      ClusterBootstrap bootstrap,
      RunContext context) {
    return of(new RegressionSample(actual, predicted, blocks), bootstrap, context);
  }

  /**
   * The same of rows that count differently.
   *
   * @param weights of squared and absolute errors, one per row; ranks and pairs count alike
   */
  public static RegressionIntervals weighted(
      double[] actual,
      double[] predicted,
      int[] blocks,
      double[] weights,
      ClusterBootstrap bootstrap,
      RunContext context) {
    return of(new RegressionSample(actual, predicted, blocks, weights), bootstrap, context);
  }

  private static RegressionIntervals of(
      RegressionSample sample, ClusterBootstrap bootstrap, RunContext context) {
    Checks.sameLength(sample.rows(), bootstrap.rows(), "groups");
    List<Optional<Interval>> intervals = bootstrap.intervals(sample::metrics, context);
    return new RegressionIntervals(
        intervals.get(0).orElseThrow(),
        intervals.get(1).orElseThrow(),
        intervals.get(2).orElseThrow(),
        intervals.get(3),
        intervals.get(4));
  }
}
