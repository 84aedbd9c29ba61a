package dev.anvil.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Counts of values in bins of equal width.
 *
 * @param edges one more than there are bins, rising; a bin holds its lower edge, the last one its
 *     upper edge too
 * @param counts one per bin
 */
public record Histogram(List<Double> edges, List<Long> counts) {
  private static final int MOST_BINS = 1000;

  public Histogram {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    Checks.sameLength(edges.size() - 1, counts.size(), "counts");
  }

  /**
   * Bins about 2 IQR / n^(1/3) wide (Freedman and Diaconis 1981); Sturges' rule when the quartiles
   * meet.
   */
  public static Histogram freedmanDiaconis(double[] values) {
    return of(values, freedmanDiaconisEdges(values));
  }

  public static Histogram fixed(double[] values, int bins) {
    return of(values, edges(values, bins));
  }

  /** Counts on given edges, so that two histograms can be laid over one another. */
  public static Histogram of(double[] values, double[] edges) {
    Checks.finite(values, 1, "values");
    Checks.finite(edges, 2, "edges");
    long[] counts = new long[edges.length - 1];
    for (double value : values) {
      if (value < edges[0] || value > edges[edges.length - 1]) {
        throw new IllegalArgumentException(
            "%s lies outside the edges %s to %s"
                .formatted(value, edges[0], edges[edges.length - 1]));
      }
      int at = Arrays.binarySearch(edges, value);
      counts[Math.min(at >= 0 ? at : -at - 2, counts.length - 1)]++;
    }
    return new Histogram(
        DoubleStream.of(edges).boxed().toList(), LongStream.of(counts).boxed().toList());
  }

  public static double[] freedmanDiaconisEdges(double[] values) {
    Checks.finite(values, 1, "values");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double iqr =
        Descriptive.quantileOfSorted(sorted, .75) - Descriptive.quantileOfSorted(sorted, .25);
    double range = sorted[n - 1] - sorted[0];
    double bins = iqr > 0 ? range / (2 * iqr / Math.cbrt(n)) : Math.log(n) / Math.log(2) + 1;
    return edges(values, (int) Math.max(1, Math.min(MOST_BINS, Math.ceil(bins))));
  }

  /**
   * Edges of equal bins from the smallest value to the largest; a bin of width 1 around a point.
   */
  public static double[] edges(double[] values, int bins) {
    Checks.finite(values, 1, "values");
    if (bins < 1) {
      throw new IllegalArgumentException("bins is %d; expected 1 or more".formatted(bins));
    }
    double low = DoubleStream.of(values).min().orElseThrow();
    double high = DoubleStream.of(values).max().orElseThrow();
    double half = low == high ? .5 : 0;
    double[] edges = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      double share = (double) i / bins;
      edges[i] = (low - half) * (1 - share) + (high + half) * share;
    }
    return edges;
  }
}
