package dev.anvil.stats;

import java.util.Arrays;

/**
 * Area under the ROC curve: the probability that a positive scores above a negative, a tie counting
 * one half (Mann and Whitney 1947).
 */
public final class Auc {
  private Auc() {}

  /** The area, 0 to 1. */
  public static double of(double[] positives, double[] negatives) {
    Checks.finite(positives, 1, "positives");
    Checks.finite(negatives, 1, "negatives");
    double[] all = Arrays.copyOf(positives, positives.length + negatives.length);
    System.arraycopy(negatives, 0, all, positives.length, negatives.length);
    double[] ranks = Correlation.ranks(all);
    double sum = 0;
    for (int i = 0; i < positives.length; i++) {
      sum += ranks[i];
    }
    double m = positives.length;
    return (sum - m * (m + 1) / 2) / (m * negatives.length);
  }

  /** The area with its interval; see {@link #interval(double, int, int, double)}. */
  public static Interval interval(double[] positives, double[] negatives, double level) {
    return interval(of(positives, negatives), positives.length, negatives.length, level);
  }

  /**
   * Newcombe's interval, method 5 (2006, Statistics in Medicine 25, 559): the areas that differ
   * from the estimate by no more than z standard errors of their own, the error being that of
   * Hanley and McNeil with the mean of the two sample sizes. Unlike one around the estimate, it
   * stays within 0 to 1 and keeps its width at an area of 0 or 1.
   */
  public static Interval interval(double area, int positives, int negatives, double level) {
    Checks.probability(area, "area");
    Checks.positive(positives, "positives");
    Checks.positive(negatives, "negatives");
    Checks.share(level, "level");
    double z = Normal.quantile((1 + level) / 2);
    double low = edge(area, 0, z, positives, negatives);
    double high = edge(area, 1, z, positives, negatives);
    return new Interval(low, area, high, level);
  }

  /** Bisects between the estimate and an end of the range. */
  private static double edge(double area, double end, double z, int m, int n) {
    double inside = area;
    double outside = end;
    for (int i = 0; i < 60; i++) {
      double middle = (inside + outside) / 2;
      if (Math.abs(area - middle) <= z * Math.sqrt(variance(middle, m, n))) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }

  private static double variance(double a, int m, int n) {
    double others = (m + n) / 2.0 - 1;
    return a * (1 - a) * (1 + others * (1 - a) / (2 - a) + others * a / (1 + a)) / m / n;
  }
}
