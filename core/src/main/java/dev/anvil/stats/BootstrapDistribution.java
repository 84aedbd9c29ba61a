package dev.anvil.stats;

import java.util.Arrays;

/**
 * Where the truth may lie, after resampling: draws around an estimate, of which intervals and p
 * values are two readings that always agree. The interval of level 1 - a leaves zero out exactly
 * when p is below a.
 */
public final class BootstrapDistribution {
  private final double point;
  private final double standardError;
  private final StudentT t;
  private final double[] sorted;

  /** One-sided p beyond the draws' reach when nothing varies. */
  private final double constantTail;

  private BootstrapDistribution(
      double point, double standardError, StudentT t, double[] sorted, double constantTail) {
    this.point = point;
    this.standardError = standardError;
    this.t = t;
    this.sorted = sorted;
    this.constantTail = constantTail;
  }

  /**
   * From draws.
   *
   * @param standardError above 0; with {@code df} it gives the tails beyond the outermost draws
   * @param draws at least 20 finite values, in any order
   */
  public static BootstrapDistribution of(
      double point, double standardError, double df, double[] draws) {
    Checks.finite(new double[] {point, standardError}, 2, "point and standard error");
    Checks.positive(standardError, "standardError");
    Checks.finite(draws, 20, "draws");
    double[] sorted = draws.clone();
    Arrays.sort(sorted);
    return new BootstrapDistribution(point, standardError, new StudentT(df), sorted, 0);
  }

  /**
   * Of an estimate to which all units agree exactly. Without variance only the signs speak, so the
   * two-sided p is 2^(1 - units), that of a sign test, and never 0.
   */
  public static BootstrapDistribution constant(double point, int units) {
    Checks.finite(new double[] {point}, 1, "point");
    Checks.positive(units, "units");
    StudentT normal = new StudentT(Double.POSITIVE_INFINITY);
    return new BootstrapDistribution(point, 0, normal, new double[] {point}, Math.pow(.5, units));
  }

  public double point() {
    return point;
  }

  /** 0 when nothing varies. */
  public double standardError() {
    return standardError;
  }

  public double degreesOfFreedom() {
    return t.degreesOfFreedom();
  }

  /** The draws from the smallest to the largest; a single one when nothing varies. */
  public double[] draws() {
    return sorted.clone();
  }

  /** Probability, in the sense of confidence, of at most {@code x}. */
  public double cumulative(double x) {
    if (standardError == 0) {
      return x < point ? constantTail : x > point ? 1 - constantTail : .5;
    }
    int n = sorted.length;
    if (x < sorted[0]) {
      return Math.min(1.0 / (n + 1), t.cdf((x - point) / standardError));
    }
    if (x > sorted[n - 1]) {
      return 1 - Math.min(1.0 / (n + 1), t.cdf((point - x) / standardError));
    }
    int first = lowerBound(x);
    if (sorted[first] == x) {
      return (first + lowerBound(Math.nextUp(x)) + 1) / 2.0 / (n + 1);
    }
    double between = (x - sorted[first - 1]) / (sorted[first] - sorted[first - 1]);
    return (first + between) / (n + 1);
  }

  /** Index of the first draw that is at least {@code x}. */
  private int lowerBound(double x) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Interval that leaves equal confidence outside at both ends. */
  public Interval interval(double level) {
    Checks.share(level, "level");
    double outside = (1 - level) / 2;
    return new Interval(quantile(outside), point, quantile(1 - outside), level);
  }

  private double quantile(double p) {
    int n = sorted.length;
    if (standardError > 0 && Math.min(p, 1 - p) * (n + 1) < 1) {
      throw new IllegalArgumentException(
          "%d draws do not reach the quantile %s; expected %d draws or more"
              .formatted(n, p, (long) Math.ceil(1 / Math.min(p, 1 - p))));
    }
    return Descriptive.atPosition(sorted, p * (n + 1) - 1);
  }

  /** Two-sided p of no effect, above 0 unless it underflows. */
  public double p() {
    double below = cumulative(0);
    return Math.min(1, 2 * Math.min(below, complement(below)));
  }

  private double complement(double below) {
    // 1 - (1 - tiny) would lose the digits of a p value beyond the draws
    return standardError > 0 && 0 > sorted[sorted.length - 1]
        ? Math.min(1.0 / (sorted.length + 1), t.cdf(point / standardError))
        : 1 - below;
  }
}
