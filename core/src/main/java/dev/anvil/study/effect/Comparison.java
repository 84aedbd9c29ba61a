package dev.anvil.study.effect;

import dev.anvil.predict.target.TargetTransform;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.FactorScores.At;
import dev.anvil.study.effect.FactorScores.Scores;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of a level compared with others: their sum less the sum of as many others; of one less
 * several, less their mean.
 *
 * @param level whose scores they are
 * @param reference what they are compared with
 * @param to scores of the level
 * @param from scores that they are compared with
 * @param bases whose mean the change is a share of
 */
record Comparison(
    Factor factor,
    String level,
    String reference,
    boolean placebo,
    Scores to,
    Scores from,
    Scores bases) {

  Comparison(
      Factor factor, String level, String reference, boolean placebo, Scores to, Scores from) {
    this(factor, level, reference, placebo, to, from, from);
  }

  /**
   * The differences on the target's scale and as shares of the metric.
   *
   * @param refits how many of them there are
   */
  Differences differences(List<Source> sources, TargetTransform transform, int refits) {
    int n = sources.size();
    double[][][] target = new double[n][factor.seeds()][refits];
    double[][][] relative = new double[n][factor.seeds()][refits];
    double[][][] base = new double[n][factor.seeds()][refits];
    boolean usable = false;
    for (int i = 0; i < n; i++) {
      Share share = new Share(transform, sources.get(i));
      for (int s = 0; s < factor.seeds(); s++) {
        for (int r = 0; r < refits; r++) {
          At at = new At(i, s, r);
          double[] tos = to.at(at);
          double[] froms = from.at(at);
          double change = tos.length * (share.mean(tos) - share.mean(froms));
          boolean here = Double.isFinite(change);
          usable |= here;
          target[i][s][r] = here ? tos.length * (mean(tos) - mean(froms)) : Double.NaN;
          relative[i][s][r] = here ? change : Double.NaN;
          base[i][s][r] = here ? share.mean(bases.at(at)) : Double.NaN;
        }
      }
    }
    double start = usable ? HierarchicalBootstrap.mean(base) : Double.NaN;
    if (start == 0) {
      // a metric that is expected to be 0 everywhere does not change by a share of it
      clear(target);
      clear(relative);
    } else if (usable) {
      divide(relative, Math.abs(start));
    }
    return new Differences(
        factor.name(),
        level,
        reference,
        placebo,
        sources.stream().map(s -> s.post().creative()).toList(),
        target,
        relative,
        Differences.Resampled.NONE);
  }

  /**
   * Share of an average post's metric. A change's mean over sources is divided by the mean of what
   * it starts from, not each change by its own start: one source that is predicted to get next to
   * nothing would outweigh all others.
   */
  private record Share(TargetTransform transform, Source source) {
    double mean(double[] scores) {
      return Arrays.stream(scores)
          .map(z -> Double.isNaN(z) ? z : transform.share(source.post().time(), z))
          .average()
          .orElseThrow();
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static void clear(double[][][] values) {
    for (double[][] bySeed : values) {
      for (double[] byRefit : bySeed) {
        Arrays.fill(byRefit, Double.NaN);
      }
    }
  }

  private static void divide(double[][][] values, double by) {
    for (double[][] bySeed : values) {
      for (double[] byRefit : bySeed) {
        for (int r = 0; r < byRefit.length; r++) {
          byRefit[r] /= by;
        }
      }
    }
  }
}
