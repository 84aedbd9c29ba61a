package dev.anvil.stats;

import dev.anvil.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Interval and p of a mean over sources, seeds and refits (docs/method.md section 3.5).
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
 *   <li><b>Seeds are not resampled.</b> A source's mean already carries the variation of its seeds,
 *       so resampling sources counts seed variance once, and resampling seeds too would count it
 *       twice (Davison and Hinkley 1997, section 3.8). For the same reason the draws' own spread is
 *       not used: resampling sources and refits counts their interaction three times, and no
 *       resampling scheme counts it once (McCullagh 2000, Bernoulli 6, 285).
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
    return estimate(differences, new double[0], VarianceTerm.NONE, draws, seed);
  }

  /**
   * Estimates with the uncertainty of what the model learned from.
   *
   * @param resampled the same mean, by models of resampled training posts; their spread is added to
   *     the interval. None or one adds nothing
   * @param disagreement further variance that does not fall with the number of sources
   */
  public static Estimate estimate(
      double[][][] differences,
      double[] resampled,
      VarianceTerm disagreement,
      int draws,
      long seed) {
    CrossedMean mean = CrossedMean.of(differences);
    int n = mean.sources();
    if (n < 2) {
      throw new IllegalArgumentException("one source; expected at least 2");
    }
    int seeds = Arrays.stream(differences).mapToInt(VarianceComponents::seeds).max().orElseThrow();
    MeanVariance variance =
        VarianceComponents.ofMean(differences).withTraining(resampled, disagreement);
    if (isConstant(mean, variance)) {
      MeanVariance none = new MeanVariance(0, 0, 0, 0, 0, n, mean.refits(), 1, 1);
      return new Estimate(
          BootstrapDistribution.constant(mean.mean(), n), none, n, seeds, mean.refits());
    }
    return new Estimate(
        BootstrapDistribution.of(
            mean.mean(),
            variance.standardError(),
            variance.degreesOfFreedom(),
            drawn(mean, variance, resampled, draws, seed)),
        variance,
        n,
        seeds,
        mean.refits());
  }

  /**
   * Interval of the ratio of two means over the same sources and refits, such as an effect and the
   * slope at which effects are recovered. One draw uses the same sources and refits for both, and
   * each mean's draws have the size that {@link #estimate} gives them.
   *
   * <p>Where a draw's denominator is not above 0, its ratio is infinite with the sign of the
   * numerator; an end of the interval may be infinite then.
   *
   * @param numerator as for {@link #estimate}
   * @param resampled as for {@link #estimate}, of the numerator
   * @param denominator of the same shape, missing at the same places; its mean is above 0
   * @param level of the interval
   */
  public static Interval ratio(
      double[][][] numerator,
      double[] resampled,
      double[][][] denominator,
      int draws,
      double level,
      long seed) {
    // as many resamples, all alike: both means take the same random numbers
    double[] alike = new double[resampled.length];
    double[] above = drawn(numerator, resampled, draws, seed);
    double[] below = drawn(denominator, alike, draws, seed);
    double bottom = mean(denominator);
    Checks.positive(bottom, "denominator");
    double[] ratios = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      ratios[draw] =
          below[draw] > 0
              ? above[draw] / below[draw]
              : Math.signum(above[draw]) * Double.POSITIVE_INFINITY;
    }
    Arrays.sort(ratios);
    int outside = (int) Math.floor((1 - level) / 2 * draws);
    double point = mean(numerator) / bottom;
    return new Interval(
        Math.min(point, ratios[outside]),
        point,
        Math.max(point, ratios[draws - 1 - outside]),
        level);
  }

  /** Variance of the mean, with that of the same mean by models of resampled posts. */
  public static MeanVariance variance(double[][][] differences, double[] resampled) {
    return VarianceComponents.ofMean(differences).withTraining(resampled, VarianceTerm.NONE);
  }

  private static double[] drawn(
      double[][][] differences, double[] resampled, int draws, long seed) {
    CrossedMean mean = CrossedMean.of(differences);
    MeanVariance variance = variance(differences, resampled);
    if (isConstant(mean, variance)) {
      double[] constant = new double[draws];
      Arrays.fill(constant, mean.mean());
      return constant;
    }
    return drawn(mean, variance, resampled, draws, seed);
  }

  private static double[] drawn(
      CrossedMean mean, MeanVariance variance, double[] resampled, int draws, long seed) {
    double[] drawn = new double[draws];
    SplittableRandom random = Seeds.random(seed, "hierarchical-bootstrap");
    for (int draw = 0; draw < draws; draw++) {
      drawn[draw] = mean.resampledMean(random) + deviation(resampled, random);
    }
    scale(drawn, mean.mean(), variance.standardError(), new StudentT(variance.degreesOfFreedom()));
    return drawn;
  }

  private static boolean isConstant(CrossedMean mean, MeanVariance variance) {
    return variance.standardError() <= ROUNDING * mean.scale();
  }

  /**
   * How far the mean over other posts lies from that over these: Gaussian with the spread of the
   * resampled means, which are too few to be drawn from themselves: none of them lies in the tails
   * that small p values are about.
   */
  private static double deviation(double[] resampled, SplittableRandom random) {
    return resampled.length < 2 ? 0 : Descriptive.sd(resampled) * random.nextGaussian();
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
