package dev.anvil.stats;

import java.util.stream.DoubleStream;

/**
 * Adjusts p values so that rejecting those below q keeps the share of false discoveries at q
 * (Benjamini and Hochberg 1995).
 */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * Adjusted p values in the order given, 0 to 1.
   *
   * @param p of the declared tests, each 0 to 1; may be empty
   */
  public static double[] adjust(double... p) {
    DoubleStream.of(p).forEach(value -> Checks.probability(value, "p"));
    int[] order = Correlation.order(p);
    double[] adjusted = new double[p.length];
    double least = 1;
    for (int rank = p.length; rank >= 1; rank--) {
      int i = order[rank - 1];
      least = Math.min(least, p[i] * p.length / rank);
      adjusted[i] = least;
    }
    return adjusted;
  }
}
