package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.predict.split.Splits;
import dev.anvil.stats.Interval;
import java.util.Locale;

/**
 * How much a model explains of posts that it has not seen (docs/method.md section 11).
 *
 * @param split by which regressors were chosen
 * @param r2 share of the variance of the target that is explained there
 */
public record Skill(String split, Interval r2) {
  public Skill {
    requireNonNull(split, "split is null");
    requireNonNull(r2, "r2 is null");
  }

  /** Whether it is shown that the model explains anything: the interval lies above 0. */
  public boolean shows() {
    return r2.low() > 0;
  }

  /** That the pictures do not explain the metric, as a headline. */
  public static String headline(String metric) {
    return "The pictures do not explain %s here".formatted(metric);
  }

  /** What was found, in a sentence. */
  public String sentence() {
    String found =
        String.format(
            Locale.ROOT,
            "On %s the model explains %d %% of the variance (%d %% interval" + " %d to %d %%)",
            split.equals(Splits.NEW_GROUPS)
                ? "posts of unseen accounts"
                : "posts with new pictures",
            Math.round(100 * r2.point()),
            Math.round(100 * r2.level()),
            Math.round(100 * r2.low()),
            Math.round(100 * r2.high()));
    return shows()
        ? found + "."
        : found + ", which may be nothing. No effect is claimed from the model alone.";
  }
}
