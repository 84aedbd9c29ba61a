package dev.anvil.stats;

import dev.anvil.Seeds;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Where a series stops rising (or falling) and levels off: the best continuous line that is
 * straight before and flat after. Suggests where an account's ramp-up ends (docs/method.md section
 * 1).
 *
 * @param index first position of the flat part
 * @param at its abscissa
 * @param slope before, per unit of the abscissa
 * @param level after
 * @param explained share of the variance that the broken line explains, 0 to 1
 * @param p that a series without trend or change is explained as well, by permutation of blocks
 */
public record ChangePoint(
    int index, double at, double slope, double level, double explained, double p) {
  private static final int LEAST_PER_SIDE = 5;

  /**
   * Searches for at most one change.
   *
   * @param x rising abscissae, such as days
   * @param y values; best not smoothed, or with {@code block} at least the width of the smoothing
   * @param block neighbouring values that are permuted together because they are not independent
   * @param permutations for the p value, for example 499
   * @param alpha a change is reported when p is at most this
   * @return empty when the series is short, shows no change, or is described by one straight line
   *     as well (Schwarz's criterion), so that no levelling off is in evidence
   */
  public static Optional<ChangePoint> find(
      double[] x, double[] y, int block, int permutations, double alpha, long seed) {
    check(x, y, block);
    int blocks = y.length / block;
    if (y.length < 2 * LEAST_PER_SIDE || blocks < 4) {
      return Optional.empty();
    }
    Fit fit = bestFit(x, y);
    if (!(fit.explained > 0) || !beatsStraightLine(fit, x, y)) {
      return Optional.empty();
    }
    SplittableRandom random = Seeds.random(seed, "change-point");
    int asGood = 0;
    for (int i = 0; i < permutations; i++) {
      asGood += bestFit(x, permuted(y, block, random)).explained >= fit.explained ? 1 : 0;
    }
    double p = (asGood + 1.0) / (permutations + 1);
    return p > alpha
        ? Optional.empty()
        : Optional.of(
            new ChangePoint(fit.index, x[fit.index], fit.slope, fit.level, fit.explained, p));
  }

  private static void check(double[] x, double[] y, int block) {
    Checks.finite(x, 1, "x");
    Checks.finite(y, 1, "y");
    Checks.sameLength(x.length, y.length, "y");
    Checks.positive(block, "block");
    for (int i = 1; i < x.length; i++) {
      if (x[i] < x[i - 1]) {
        throw new IllegalArgumentException(
            "x[%d] = %s is below x[%d] = %s; expected them to rise"
                .formatted(i, x[i], i - 1, x[i - 1]));
      }
    }
  }

  private record Fit(int index, double slope, double level, double explained) {}

  /**
   * Regresses y on min(x - knot, 0) for each knot. With running sums this costs one pass over all
   * knots; x and y are centred first to keep digits.
   */
  private static Fit bestFit(double[] x, double[] y) {
    int n = x.length;
    double meanX = Descriptive.mean(x);
    double meanY = Descriptive.mean(y);
    double total = Arrays.stream(y).map(v -> (v - meanY) * (v - meanY)).sum();
    Fit best = new Fit(0, 0, meanY, 0);
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int k = 0; k <= n - LEAST_PER_SIDE; k++) {
      double knot = x[k] - meanX;
      double sumZ = sumX - k * knot;
      double szz = sumXx - 2 * knot * sumX + k * knot * knot - sumZ * sumZ / n;
      double szy = sumXy - knot * sumY;
      if (k >= LEAST_PER_SIDE && szz > 0 && szy * szy / szz / total > best.explained) {
        double slope = szy / szz;
        best = new Fit(k, slope, meanY - slope * sumZ / n, szy * szy / szz / total);
      }
      double dx = x[k] - meanX;
      double dy = y[k] - meanY;
      sumX += dx;
      sumY += dy;
      sumXx += dx * dx;
      sumXy += dx * dy;
    }
    return best;
  }

  /** The knot is one parameter more than a straight line has. */
  private static boolean beatsStraightLine(Fit fit, double[] x, double[] y) {
    double r = Correlation.pearson(x, y).orElse(0);
    int n = y.length;
    return n * (Math.log1p(-r * r) - Math.log1p(-Math.min(1, fit.explained))) > Math.log(n);
  }

  /**
   * Shuffles blocks, after a random rotation so that they do not always begin at the same value.
   */
  private static double[] permuted(double[] y, int block, SplittableRandom random) {
    int n = y.length;
    int blocks = (n + block - 1) / block;
    int[] order = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    int shift = random.nextInt(n);
    double[] out = new double[n];
    int at = 0;
    for (int b : order) {
      for (int i = b * block; i < Math.min(n, (b + 1) * block); i++) {
        out[at++] = y[(i + shift) % n];
      }
    }
    return out;
  }
}
