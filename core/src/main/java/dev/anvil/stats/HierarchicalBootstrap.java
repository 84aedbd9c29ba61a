package dev.anvil.stats;

import dev.anvil.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Interval and p of a mean over sources, seeds and refits (METHOD 3).
 *
 * <p>Input is {@code [source][seed][refit]} with NaN where a value is missing: a source is scored
 * only by refits that never saw it, and a variant may have failed. The point is the mean over
 * sources of the mean over refits of the mean over seeds.
 *
 * <p>Why it is built as it is:
 *
 * <ul>
 *   <li><b>Shape</b> comes from resampling whole sources and, apart from them, refits: one draw
 *       uses the same refits for every source, as they are crossed (Owen 2007, Annals of Applied
 *       Statistics 1, 386).
 *   <li><b>Seeds are not resampled.</b> A source's mean already carries the luck of its seeds, so
 *       resampling sources counts seed variance once, and resampling seeds too would count it twice
 *       (Davison and Hinkley 1997, section 3.8). For the same reason the draws' own spread is not
 *       used: resampling sources and refits counts their interaction three times, and no resampling
 *       scheme counts it once (McCullagh 2000, Bernoulli 6, 285).
 *   <li><b>Size</b> comes from variance components instead ({@link MeanVariance}), which are
 *       unbiased with missing cells too. The draws are scaled to it.
 *   <li><b>Few sources</b>: each scaled draw is carried from the normal to Student's t with
 *       Satterthwaite's degrees of freedom, which widens every level as it should (the percentile
 *       interval expanded as by Hesterberg 2015). Normal draws thus give the interval of the
 *       analysis of variance exactly; skewed ones keep their skew.
 *   <li><b>p</b> is read off the same draws as the interval, so the two never disagree.
 * </ul>
 *
 * <p>What refits stand for is decided by who makes them: the interval is for the mean over
 * endlessly many refits of the same kind. Refits of the same posts say nothing of how another set
 * of posts would have taught the model; means by models of resampled posts do, and are added.
 */
public final class HierarchicalBootstrap {
  /** Variation below this share of the largest value is rounding. */
  private static final double ROUNDING = 1e-12;

  private HierarchicalBootstrap() {}

  /**
   * Result.
   *
   * @param distribution of the mean
   * @param variance of the mean, by cause; all 0 when nothing varies
   * @param sources with at least one value
   * @param seeds largest number of seeds of one source
   * @param refits with at least one value
   */
  public record Estimate(
      BootstrapDistribution distribution,
      MeanVariance variance,
      int sources,
      int seeds,
      int refits) {}

  /** The point alone: the mean over sources of the mean over refits of the mean over seeds. */
  public static double mean(double[][][] differences) {
    return CrossedMean.of(differences).mean();
  }

  /**
   * Estimates.
   *
   * @param differences {@code [source][seed][refit]}, rows of equal length, NaN where missing; at
   *     least two sources with a value
   * @param draws for example 2000
   * @param seed equal seeds give equal results
   */
  public static Estimate estimate(double[][][] differences, int draws, long seed) {
    return estimate(differences, new double[0], draws, seed);
  }

  /**
   * Estimates with the uncertainty of what the model learned from.
   *
   * @param resampled the same mean, by models of resampled training posts; their spread is added to
   *     the interval. None or one adds nothing
   */
  public static Estimate estimate(
      double[][][] differences, double[] resampled, int draws, long seed) {
    CrossedMean mean = CrossedMean.of(differences);
    int n = mean.sources();
    if (n < 2) {
      throw new IllegalArgumentException("one source; expected at least 2");
    }
    int seeds = Arrays.stream(differences).mapToInt(VarianceComponents::seeds).max().orElseThrow();
    MeanVariance variance = VarianceComponents.ofMean(differences).withTraining(resampled);
    double point = mean.mean();
    if (variance.standardError() <= ROUNDING * mean.scale()) {
      MeanVariance none = new MeanVariance(0, 0, 0, 0, 0, n, mean.refits(), 1, 1);
      return new Estimate(BootstrapDistribution.constant(point, n), none, n, seeds, mean.refits());
    }
    double[] drawn = new double[draws];
    SplittableRandom random = Seeds.random(seed, "hierarchical-bootstrap");
    for (int draw = 0; draw < draws; draw++) {
      drawn[draw] = mean.resampledMean(random) + deviation(resampled, random);
    }
    double df = variance.degreesOfFreedom();
    scale(drawn, point, variance.standardError(), new StudentT(df));
    return new Estimate(
        BootstrapDistribution.of(point, variance.standardError(), df, drawn),
        variance,
        n,
        seeds,
        mean.refits());
  }

  /** How far a resampled mean, picked at random, lies from their average. */
  private static double deviation(double[] resampled, SplittableRandom random) {
    return resampled.length < 2
        ? 0
        : resampled[random.nextInt(resampled.length)] - Descriptive.mean(resampled);
  }

  private static void scale(double[] drawn, double point, double error, StudentT t) {
    double squares = 0;
    for (double value : drawn) {
      squares += (value - point) * (value - point);
    }
    double spread = Math.sqrt(squares / drawn.length);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = point + error * t.ofNormal((drawn[i] - point) / spread);
    }
  }
}
