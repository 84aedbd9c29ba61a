package dev.anvil.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Correlation of paired finite numbers; empty where one side does not vary. */
public final class Correlation {
  private Correlation() {}

  /** Pearson's product-moment correlation of at least two pairs. */
  public static OptionalDouble pearson(double[] x, double[] y) {
    check(x, y);
    int[] once = new int[x.length];
    Arrays.fill(once, 1);
    return optional(weighted(x, y, once));
  }

  /** Spearman's rank correlation; ties share the mean of their ranks. */
  public static OptionalDouble spearman(double[] x, double[] y) {
    check(x, y);
    return pearson(ranks(x), ranks(y));
  }

  /**
   * Spearman's rank correlation of a sample in which pair i occurs {@code times[i]} times; NaN
   * where one side does not vary.
   */
  public static double spearman(double[] x, double[] y, int[] times) {
    double[] first = new double[x.length];
    double[] second = new double[y.length];
    ranks(x, order(x), times, first);
    ranks(y, order(y), times, second);
    return weighted(first, second, times);
  }

  /** Ranks from 1; ties share the mean of their ranks. */
  public static double[] ranks(double[] values) {
    int[] once = new int[values.length];
    Arrays.fill(once, 1);
    double[] ranks = new double[values.length];
    ranks(values, order(values), once, ranks);
    return ranks;
  }

  /** Row numbers from the smallest value to the largest. */
  static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Ranks of a sample in which row i occurs {@code weights[i]} times. */
  static void ranks(double[] values, int[] order, int[] weights, double[] into) {
    long before = 0;
    int start = 0;
    while (start < order.length) {
      int end = start;
      long tied = 0;
      while (end < order.length && values[order[end]] == values[order[start]]) {
        tied += weights[order[end++]];
      }
      double rank = before + (tied + 1) / 2.0;
      for (int i = start; i < end; i++) {
        into[order[i]] = rank;
      }
      before += tied;
      start = end;
    }
  }

  /** Pearson's correlation with each row counted {@code weights[i]} times; NaN if undefined. */
  static double weighted(double[] x, double[] y, int[] weights) {
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < x.length; i++) {
      n += weights[i];
      sumX += weights[i] * x[i];
      sumY += weights[i] * y[i];
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - sumX / n;
      double dy = y[i] - sumY / n;
      xx += weights[i] * dx * dx;
      yy += weights[i] * dy * dy;
      xy += weights[i] * dx * dy;
    }
    boolean varies =
        xx > n * Math.pow(1e-14 * sumX / n, 2) && yy > n * Math.pow(1e-14 * sumY / n, 2);
    return varies ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : Double.NaN;
  }

  private static void check(double[] x, double[] y) {
    Checks.finite(x, 2, "x");
    Checks.finite(y, 2, "y");
    Checks.sameLength(x.length, y.length, "y");
  }

  static OptionalDouble optional(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
