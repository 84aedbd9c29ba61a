package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.Evaluation.Result;
import dev.anvil.predict.regressor.Training;
import dev.anvil.stats.ClusterBootstrap;
import dev.anvil.stats.Interval;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What pictures add to a model that sees all but them, on the same unseen posts.
 *
 * @param without name of the best regressor that sees no picture
 * @param r2 by how much more of the variance is explained with pictures; paired, with an interval
 *     by bootstrap over groups
 */
public record PictureGain(String without, Interval r2) {
  private static final int DRAWS = 1000;
  private static final double LEVEL = .95;

  public PictureGain {
    requireNonNull(without, "without is null");
    requireNonNull(r2, "r2 is null");
  }

  /**
   * Compares on one split.
   *
   * @param pictures the regressor that is used
   * @param others regressors that see no picture, on the same split
   * @param groups one number per row of the split's features
   */
  public static PictureGain of(
      Result pictures, List<Result> others, int[] groups, long seed, RunContext context) {
    Result best =
        others.stream()
            .min(Comparator.comparingDouble(r -> r.metrics().rmse().point()))
            .orElseThrow();
    double[] actual = pictures.actual();
    double mean = Arrays.stream(actual).average().orElseThrow();
    ClusterBootstrap bootstrap =
        new ClusterBootstrap(
            Training.select(groups, pictures.split().test()),
            DRAWS,
            LEVEL,
            Seeds.derive(seed, "picture-gain"));
    Interval gain =
        bootstrap
            .interval(
                times -> {
                  double saved = 0;
                  double spread = 0;
                  for (int i = 0; i < actual.length; i++) {
                    double with = actual[i] - pictures.predicted()[i];
                    double without = actual[i] - best.predicted()[i];
                    saved += times[i] * (without * without - with * with);
                    spread += times[i] * (actual[i] - mean) * (actual[i] - mean);
                  }
                  return spread > 0 ? saved / spread : Double.NaN;
                },
                context)
            .orElseThrow();
    return new PictureGain(best.trainer(), gain);
  }

  /** Whether it is shown that pictures add something. */
  public boolean shows() {
    return r2.low() > 0;
  }

  /** What was found, in a sentence. */
  public String sentence() {
    String interval =
        String.format(
            Locale.ROOT,
            "%d %% interval %d to %d %%",
            Math.round(100 * r2.level()),
            Math.round(100 * r2.low()),
            Math.round(100 * r2.high()));
    return shows()
        ? String.format(
            Locale.ROOT,
            "Pictures explain %d %% more of the variance than metadata alone (%s).",
            Math.round(100 * r2.point()),
            interval)
        : String.format(
            Locale.ROOT,
            "Pictures add nothing that can be shown to what metadata alone explains (%d %% of the"
                + " variance, %s).",
            Math.round(100 * r2.point()),
            interval);
  }
}
