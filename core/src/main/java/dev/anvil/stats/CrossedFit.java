package dev.anvil.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums of squares of cells of sources by refits, some of them missing: what is left when source
 * means, refit means or both are taken out.
 */
final class CrossedFit {
  private static final int MOST_SWEEPS = 200;

  private final double[][] values;
  private final int[][] refitOf;
  private final int[] perRefit;

  /**
   * Takes the cells that are there.
   *
   * @param values one row per source, none empty
   * @param refitOf the refit of each value
   * @param refits number of refits, each with a value
   */
  CrossedFit(double[][] values, int[][] refitOf, int refits) {
    this.values = values;
    this.refitOf = refitOf;
    this.perRefit = new int[refits];
    Arrays.stream(refitOf).flatMapToInt(IntStream::of).forEach(r -> perRefit[r]++);
  }

  /** Cells that are there. */
  int count() {
    return Arrays.stream(perRefit).sum();
  }

  /** Sum of the squared numbers of cells of refits. */
  double squaredRefitCounts() {
    return Arrays.stream(perRefit).mapToDouble(k -> (double) k * k).sum();
  }

  double withinSources() {
    double[] means = new double[values.length];
    sourceEffects(new double[perRefit.length], means);
    return residual(means, new double[perRefit.length]);
  }

  double withinRefits() {
    double[] means = new double[perRefit.length];
    refitEffects(new double[values.length], means);
    return residual(new double[values.length], means);
  }

  /** Fits source and refit effects in turn until they settle; one sweep if no cell is missing. */
  double additiveResidual() {
    double[] source = new double[values.length];
    double[] refit = new double[perRefit.length];
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

  int additiveResidualDf() {
    return count() - values.length - perRefit.length + connectedParts();
  }

  private double residual(double[] source, double[] refit) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      for (int c = 0; c < values[i].length; c++) {
        double e = values[i][c] - source[i] - refit[refitOf[i][c]];
        sum += e * e;
      }
    }
    return sum;
  }

  private void sourceEffects(double[] refit, double[] into) {
    for (int i = 0; i < into.length; i++) {
      double sum = 0;
      for (int c = 0; c < values[i].length; c++) {
        sum += values[i][c] - refit[refitOf[i][c]];
      }
      into[i] = sum / values[i].length;
    }
  }

  private void refitEffects(double[] source, double[] into) {
    Arrays.fill(into, 0);
    for (int i = 0; i < values.length; i++) {
      for (int c = 0; c < values[i].length; c++) {
        int r = refitOf[i][c];
        into[r] += (values[i][c] - source[i]) / perRefit[r];
      }
    }
  }

  /** Sets of sources and refits that no cell joins to one another. */
  private int connectedParts() {
    int[] part = IntStream.range(0, values.length + perRefit.length).toArray();
    int parts = part.length;
    for (int i = 0; i < values.length; i++) {
      for (int r : refitOf[i]) {
        int a = root(part, i);
        int b = root(part, values.length + r);
        parts -= a == b ? 0 : 1;
        part[a] = b;
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
}
