package dev.anvil.stats;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Weighted k-means over short rows. Arrays are read only.
 *
 * @param centres one row a cluster
 * @param label the cluster of each input row
 */
public record KMeans(double[][] centres, int[] label) {
  private static final int ROUNDS = 12;

  /**
   * Clusters rows, starting from k-means++ (Arthur and Vassilvitskii, 2007).
   *
   * @param rows at least one, of equal length
   * @param weights not negative, one a row
   */
  public static KMeans of(double[][] rows, double[] weights, int k, long seed) {
    double[][] centres = start(rows, weights, k, new SplittableRandom(seed));
    int[] label = new int[rows.length];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] sums = new double[k][rows[0].length];
      double[] total = new double[k];
      for (int i = 0; i < rows.length; i++) {
        label[i] = nearest(centres, rows[i]);
        total[label[i]] += weights[i];
        for (int d = 0; d < rows[i].length; d++) {
          sums[label[i]][d] += weights[i] * rows[i][d];
        }
      }
      for (int c = 0; c < k; c++) {
        for (int d = 0; d < sums[c].length && total[c] > 0; d++) {
          centres[c][d] = sums[c][d] / total[c];
        }
      }
    }
    return new KMeans(centres, label);
  }

  /**
   * The best of several starts: that with the least squared distance of rows to their centres.
   *
   * @param starts at least 1
   */
  public static KMeans best(double[][] rows, double[] weights, int k, int starts, long seed) {
    return IntStream.range(0, starts)
        .mapToObj(start -> of(rows, weights, k, seed + start))
        .min(Comparator.comparingDouble(found -> found.spread(rows, weights)))
        .orElseThrow();
  }

  /** The cluster whose centre is nearest to a row. */
  public int nearest(double[] row) {
    return nearest(centres, row);
  }

  private double spread(double[][] rows, double[] weights) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += weights[i] * distance(rows[i], centres[label[i]]);
    }
    return sum;
  }

  private static double[][] start(
      double[][] rows, double[] weights, int k, SplittableRandom random) {
    double[][] centres = new double[k][];
    double[] odds = weights.clone();
    for (int c = 0; c < k; c++) {
      centres[c] = rows[draw(odds, random)].clone();
      for (int i = 0; i < rows.length; i++) {
        double d = distance(centres[c], rows[i]) * weights[i];
        odds[i] = c == 0 ? d : Math.min(odds[i], d);
      }
    }
    return centres;
  }

  private static int draw(double[] odds, SplittableRandom random) {
    double sum = 0;
    for (double o : odds) {
      sum += o;
    }
    double at = random.nextDouble() * sum;
    for (int i = 0; i < odds.length; i++) {
      at -= odds[i];
      if (at < 0) {
        return i;
      }
    }
    return random.nextInt(odds.length);
  }

  private static int nearest(double[][] centres, double[] row) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      double d = distance(centres[c], row);
      if (d < least) {
        least = d;
        best = c;
      }
    }
    return best;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
  }
}
