package dev.anvil.predict.refit;

import java.util.SplittableRandom;

/**
 * Targets as they might have been: the same posts with resampled residuals. Each cluster of posts
 * keeps its prediction, and its residuals are multiplied by one random weight (wild cluster
 * bootstrap; Cameron, Gelbach and Miller 2008). For a regressor that is linear in the target the
 * spread of an effect over such targets is its cluster-robust standard error.
 */
public final class Resampling {
  /** Name of the random numbers of the resamples, which are counted from 0. */
  public static final String SEED = "resample";

  private Resampling() {}

  /**
   * One target.
   *
   * @param target one value per post
   * @param predicted by regressors that never saw the post
   * @param rows to resample; the others stay as they are
   */
  public static double[] target(
      double[] target, double[] predicted, Clusters clusters, int[] rows, SplittableRandom random) {
    double[] out = target.clone();
    Clusters.Weights weights = clusters.draw(random);
    for (int row : rows) {
      double weight = weights.of(row);
      if (weight == -1) {
        out[row] = 2 * predicted[row] - target[row];
      } else if (weight != 1) {
        out[row] = predicted[row] + weight * (target[row] - predicted[row]);
      }
    }
    return out;
  }
}
