package dev.anvil.stats;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How much a single difference varies, by cause, estimated by the method of moments and cut off at
 * 0. Refits are crossed with sources, seeds lie within sources.
 *
 * @param source between sources, with endlessly many seeds
 * @param seed between seeds of one source, the same for all refits; 0 when no source has two
 * @param refit between refits, the same for all sources; 0 when there is one refit
 * @param interaction between sources as refits see them differently, after averaging over seeds
 */
public record VarianceComponents(double source, double seed, double refit, double interaction) {

  /**
   * Estimates from {@code [source][seed][refit]}.
   *
   * @param differences NaN where missing; at least two sources with a value
   */
  public static VarianceComponents of(double[][][] differences) {
    CrossedMean mean = CrossedMean.of(differences);
    if (mean.sources() < 2) {
      throw new IllegalArgumentException("one source; expected at least 2");
    }
    CrossedComponents components = CrossedComponents.of(mean);
    double seed = seed(differences);
    return new VarianceComponents(
        Math.max(0, components.source() - seed * seedWeight(differences)),
        seed,
        components.refit(),
        components.interaction());
  }

  /** Intraclass correlation of two variants of one source, seen by the same refit. */
  public double correlation() {
    double shared = source + interaction;
    return shared + seed > 0 ? shared / (shared + seed) : 0;
  }

  /**
   * Splits the variance of the mean; the design's own counts and gaps give the weights.
   *
   * @param differences the same as for {@link #of}
   */
  static MeanVariance ofMean(double[][][] differences) {
    CrossedMean mean = CrossedMean.of(differences);
    CrossedComponents components = CrossedComponents.of(mean);
    int n = mean.sources();
    double sources = components.source() / n;
    double seed = Math.min(sources, seed(differences) * seedWeight(differences) / n);
    return new MeanVariance(
        sources - seed,
        seed,
        components.refit() * mean.squaredRefitWeights(),
        components.interaction() * mean.squaredCellWeights(),
        0,
        n,
        mean.refits(),
        components.interactionDf(),
        1);
  }

  /** Mean over sources of one over the number of seeds. */
  private static double seedWeight(double[][][] differences) {
    return Arrays.stream(differences)
        .mapToInt(VarianceComponents::seeds)
        .filter(seeds -> seeds > 0)
        .mapToDouble(seeds -> 1.0 / seeds)
        .average()
        .orElseThrow();
  }

  /** Seeds of a source with at least one value. */
  static int seeds(double[][] bySeed) {
    return (int)
        Arrays.stream(bySeed)
            .filter(row -> DoubleStream.of(row).anyMatch(v -> !Double.isNaN(v)))
            .count();
  }

  /**
   * Pools, over sources, the variance between seed means, less what the refits' disagreement about
   * seeds adds to it. Seeds that fewer refits scored than others of their source are passed over.
   */
  private static double seed(double[][][] differences) {
    double between = 0;
    int df = 0;
    for (double[][] bySeed : differences) {
      double[][] full = complete(bySeed);
      int seeds = full.length;
      if (seeds > 1) {
        int refits = full[0].length;
        double[] seedMeans = Arrays.stream(full).mapToDouble(Descriptive::mean).toArray();
        double sd = Descriptive.sd(seedMeans);
        between += (seeds - 1) * sd * sd;
        df += seeds - 1;
        if (refits > 1) {
          between -= residual(full, seedMeans) / (refits - 1) / refits;
        }
      }
    }
    return df == 0 ? 0 : Math.max(0, between / df);
  }

  /** Squares left after seed means and refit means of one source are taken out. */
  private static double residual(double[][] full, double[] seedMeans) {
    double mean = Descriptive.mean(seedMeans);
    double sum = 0;
    for (int r = 0; r < full[0].length; r++) {
      int refit = r;
      double refitMean = Arrays.stream(full).mapToDouble(row -> row[refit]).average().orElseThrow();
      for (int s = 0; s < full.length; s++) {
        double e = full[s][r] - seedMeans[s] - refitMean + mean;
        sum += e * e;
      }
    }
    return sum;
  }

  /** The rows with most values, the missing ones taken out. */
  private static double[][] complete(double[][] bySeed) {
    double[][] present =
        Arrays.stream(bySeed)
            .map(row -> DoubleStream.of(row).filter(v -> !Double.isNaN(v)).toArray())
            .toArray(double[][]::new);
    int most = Arrays.stream(present).mapToInt(row -> row.length).max().orElse(0);
    return Arrays.stream(present)
        .filter(row -> row.length == most && most > 0)
        .toArray(double[][]::new);
  }
}
