package dev.anvil.predict.refit;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Targets as they might have been: the same posts with resampled residuals. Each group of
 * near-duplicates keeps its prediction and keeps or turns its residual (wild cluster bootstrap with
 * Rademacher weights; Cameron, Gelbach and Miller 2008). For a regressor that is linear in the
 * target the spread of an effect over such targets is its cluster-robust standard error.
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
   * @param groups one number per post
   * @param rows to resample; the others stay as they are
   */
  public static double[] target(
      double[] target, double[] predicted, int[] groups, int[] rows, SplittableRandom random) {
    double[] out = target.clone();
    Map<Integer, Boolean> turned = new HashMap<>();
    for (int row : rows) {
      if (turned.computeIfAbsent(groups[row], g -> random.nextBoolean())) {
        out[row] = 2 * predicted[row] - target[row];
      }
    }
    return out;
  }
}
