package dev.anvil.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The mean over sources of the mean over refits, refits being crossed with sources and some cells
 * missing. Cells are means over seeds; the weight of a cell is 1 / (sources * cells of its source).
 */
final class CrossedMean {
  /** Values of a source that are there, and the refits that they belong to. */
  private final double[][] values;

  private final int[][] refitOf;
  private final int refits;
  private final double[] sourceMeans;

  private CrossedMean(double[][] values, int[][] refitOf, int refits) {
    this.values = values;
    this.refitOf = refitOf;
    this.refits = refits;
    this.sourceMeans = Arrays.stream(values).mapToDouble(Descriptive::mean).toArray();
  }

  /** Averages over seeds; sources and refits without any value are left out. */
  static CrossedMean of(double[][][] differences) {
    double[][] cells =
        Arrays.stream(differences)
            .map(CrossedMean::overSeeds)
            .filter(row -> DoubleStream.of(row).anyMatch(v -> !Double.isNaN(v)))
            .toArray(double[][]::new);
    if (cells.length == 0) {
      throw new IllegalArgumentException("every difference is missing");
    }
    int[] used =
        IntStream.range(0, cells[0].length)
            .filter(r -> Arrays.stream(cells).anyMatch(row -> !Double.isNaN(row[r])))
            .toArray();
    double[][] values = new double[cells.length][];
    int[][] refitOf = new int[cells.length][];
    for (int i = 0; i < cells.length; i++) {
      double[] row = cells[i];
      refitOf[i] =
          IntStream.range(0, used.length).filter(u -> !Double.isNaN(row[used[u]])).toArray();
      values[i] = IntStream.of(refitOf[i]).mapToDouble(u -> row[used[u]]).toArray();
    }
    return new CrossedMean(values, refitOf, used.length);
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

  int sources() {
    return values.length;
  }

  int refits() {
    return refits;
  }

  double mean() {
    return Descriptive.mean(sourceMeans);
  }

  /** One mean over refits per source. */
  double[] sourceMeans() {
    return sourceMeans.clone();
  }

  /** Largest absolute value of a cell. */
  double scale() {
    return Arrays.stream(values).flatMapToDouble(DoubleStream::of).map(Math::abs).max().orElse(0);
  }

  CrossedFit fit() {
    return new CrossedFit(values, refitOf, refits);
  }

  /** Sum of the squared weights of refits: 1 / refits when no cell is missing. */
  double squaredRefitWeights() {
    double[] weights = new double[refits];
    for (int[] row : refitOf) {
      for (int r : row) {
        weights[r] += 1.0 / row.length / sources();
      }
    }
    return DoubleStream.of(weights).map(w -> w * w).sum();
  }

  /** Sum of the squared weights of cells. */
  double squaredCellWeights() {
    return Arrays.stream(values).mapToDouble(row -> 1.0 / row.length).sum() / sources() / sources();
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
      for (int i = 0; i < values.length; i++) {
        if (sourceTimes[i] > 0) {
          double ofSource = resampledMean(i, refitTimes);
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

  private double resampledMean(int source, int[] refitTimes) {
    double[] row = values[source];
    int[] refit = refitOf[source];
    double sum = 0;
    int used = 0;
    for (int c = 0; c < row.length; c++) {
      int times = refitTimes[refit[c]];
      sum += times * row[c];
      used += times;
    }
    return used == 0 ? Double.NaN : sum / used;
  }
}
