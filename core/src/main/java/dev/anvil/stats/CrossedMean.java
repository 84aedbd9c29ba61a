package dev.anvil.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The mean over sources of the mean over refits, refits being crossed with sources and some cells
 * missing. Cells are means over seeds.
 *
 * <p>Model: cell = mean + source + refit + interaction, all random and independent. Weight of a
 * cell is 1 / (sources * cells of its source).
 */
final class CrossedMean {
  private static final int MOST_SWEEPS = 200;

  private final double[][] cells;
  private final int refits;
  private final double[] sourceMeans;
  private final int[] perSource;
  private final int[] perRefit;
  private final int count;

  private CrossedMean(double[][] cells) {
    this.cells = cells;
    this.refits = cells[0].length;
    this.sourceMeans = new double[cells.length];
    this.perSource = new int[cells.length];
    this.perRefit = new int[refits];
    for (int i = 0; i < cells.length; i++) {
      for (int r = 0; r < refits; r++) {
        if (has(i, r)) {
          sourceMeans[i] += cells[i][r];
          perSource[i]++;
          perRefit[r]++;
        }
      }
      sourceMeans[i] /= perSource[i];
    }
    this.count = Arrays.stream(perSource).sum();
  }

  /** Averages over seeds; sources and refits without any value are left out. */
  static CrossedMean of(double[][][] differences) {
    double[][] means =
        Arrays.stream(differences)
            .map(CrossedMean::overSeeds)
            .filter(row -> DoubleStream.of(row).anyMatch(v -> !Double.isNaN(v)))
            .toArray(double[][]::new);
    if (means.length == 0) {
      throw new IllegalArgumentException("every difference is missing");
    }
    int[] used =
        IntStream.range(0, means[0].length)
            .filter(r -> Arrays.stream(means).anyMatch(row -> !Double.isNaN(row[r])))
            .toArray();
    return new CrossedMean(
        Arrays.stream(means)
            .map(row -> IntStream.of(used).mapToDouble(r -> row[r]).toArray())
            .toArray(double[][]::new));
  }

  private static double[] overSeeds(double[][] bySeed) {
    double[] means = new double[bySeed.length == 0 ? 0 : bySeed[0].length];
    for (int r = 0; r < means.length; r++) {
      int refit = r;
      means[r] =
          Arrays.stream(bySeed)
              .mapToDouble(row -> row[refit])
              .filter(v -> !Double.isNaN(v))
              .average()
              .orElse(Double.NaN);
    }
    return means;
  }

  private boolean has(int i, int r) {
    return !Double.isNaN(cells[i][r]);
  }

  int sources() {
    return cells.length;
  }

  int refits() {
    return refits;
  }

  double mean() {
    return Descriptive.mean(sourceMeans);
  }

  /** Largest absolute value of a cell. */
  double scale() {
    return Arrays.stream(cells)
        .flatMapToDouble(DoubleStream::of)
        .filter(v -> !Double.isNaN(v))
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  /** Variances of a single cell by the method of moments, each cut off at 0. */
  record Components(double source, double refit, double interaction, int interactionDf) {}

  /**
   * Squares within sources hold refits and interaction only, and the residual of the additive fit
   * holds the interaction only, whichever cells are missing (Henderson's third method, 1953,
   * Biometrics 9, 226). The variance of the source means, less what these two put into it, is left
   * to the sources, as each source weighs the same in the mean.
   */
  Components components() {
    int n = sources();
    int df = count - n - refits + connectedParts();
    double interaction = df > 0 ? additiveResidual() / df : 0;
    double refit = count > n ? withinSources() / (count - n) - interaction : betweenRefitsOneWay();
    refit = Math.max(0, refit);
    double perSourceCell = n * squaredCellWeights();
    double refitsBetweenSources = n * (perSourceCell - squaredRefitWeights()) / (n - 1);
    double source =
        squares(sourceMeans) / (n - 1) - refit * refitsBetweenSources - interaction * perSourceCell;
    return new Components(Math.max(0, source), refit, interaction, Math.max(1, df));
  }

  /** Each source seen by one refit only: one-way analysis of variance. */
  private double betweenRefitsOneWay() {
    if (refits == 1 || count == refits) {
      return 0;
    }
    double within = withinRefits() / (count - refits);
    double sumOfSquares = Arrays.stream(perRefit).mapToDouble(k -> (double) k * k).sum();
    return (squares(sourceMeans) - (count - 1) * within) / (count - sumOfSquares / count);
  }

  private static double squares(double[] values) {
    double mean = Descriptive.mean(values);
    return DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
  }

  private double withinSources() {
    return residual(sourceMeans, new double[refits]);
  }

  private double withinRefits() {
    double[] means = new double[refits];
    refitEffects(new double[sources()], means);
    return residual(new double[sources()], means);
  }

  private double residual(double[] source, double[] refit) {
    double sum = 0;
    for (int i = 0; i < cells.length; i++) {
      for (int r = 0; r < refits; r++) {
        if (has(i, r)) {
          double e = cells[i][r] - source[i] - refit[r];
          sum += e * e;
        }
      }
    }
    return sum;
  }

  /** Fits source and refit effects in turn until they settle; one sweep if no cell is missing. */
  private double additiveResidual() {
    double[] source = new double[sources()];
    double[] refit = new double[refits];
    double before = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      sourceEffects(refit, source);
      refitEffects(source, refit);
      double now = residual(source, refit);
      if (before - now <= 1e-10 * now) {
        return now;
      }
      before = now;
    }
    return before;
  }

  private void sourceEffects(double[] refit, double[] into) {
    for (int i = 0; i < into.length; i++) {
      double sum = 0;
      for (int r = 0; r < refits; r++) {
        sum += has(i, r) ? cells[i][r] - refit[r] : 0;
      }
      into[i] = sum / perSource[i];
    }
  }

  private void refitEffects(double[] source, double[] into) {
    for (int r = 0; r < refits; r++) {
      double sum = 0;
      for (int i = 0; i < cells.length; i++) {
        sum += has(i, r) ? cells[i][r] - source[i] : 0;
      }
      into[r] = sum / perRefit[r];
    }
  }

  /** Sets of sources and refits that no cell joins to one another. */
  private int connectedParts() {
    int[] part = IntStream.range(0, sources() + refits).toArray();
    int parts = part.length;
    for (int i = 0; i < cells.length; i++) {
      for (int r = 0; r < refits; r++) {
        if (has(i, r)) {
          int a = root(part, i);
          int b = root(part, sources() + r);
          parts -= a == b ? 0 : 1;
          part[a] = b;
        }
      }
    }
    return parts;
  }

  private static int root(int[] part, int node) {
    int at = node;
    while (part[at] != at) {
      at = part[at];
    }
    return at;
  }

  /** Sum of the squared weights of refits: 1 / refits when no cell is missing. */
  double squaredRefitWeights() {
    double sum = 0;
    for (int r = 0; r < refits; r++) {
      double weight = 0;
      for (int i = 0; i < cells.length; i++) {
        weight += has(i, r) ? 1.0 / perSource[i] / sources() : 0;
      }
      sum += weight * weight;
    }
    return sum;
  }

  /** Sum of the squared weights of cells. */
  double squaredCellWeights() {
    return Arrays.stream(perSource).mapToDouble(k -> 1.0 / k).sum() / sources() / sources();
  }

  /**
   * The mean over one resample of sources and one of refits, the same refits for all sources.
   * Sources that none of the drawn refits scored are passed over.
   */
  double resampledMean(SplittableRandom random) {
    while (true) {
      int[] sourceTimes = ClusterBootstrap.resample(sources(), random);
      int[] refitTimes = ClusterBootstrap.resample(refits, random);
      double sum = 0;
      int used = 0;
      for (int i = 0; i < cells.length; i++) {
        if (sourceTimes[i] > 0) {
          double ofSource = weightedMean(cells[i], refitTimes);
          if (!Double.isNaN(ofSource)) {
            sum += sourceTimes[i] * ofSource;
            used += sourceTimes[i];
          }
        }
      }
      if (used > 0) {
        return sum / used;
      }
    }
  }

  private static double weightedMean(double[] row, int[] times) {
    double sum = 0;
    int used = 0;
    for (int r = 0; r < row.length; r++) {
      if (times[r] > 0 && !Double.isNaN(row[r])) {
        sum += times[r] * row[r];
        used += times[r];
      }
    }
    return used == 0 ? Double.NaN : sum / used;
  }
}
