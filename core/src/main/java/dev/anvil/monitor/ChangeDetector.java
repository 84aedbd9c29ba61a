package dev.anvil.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * An alarm with a stated run length (e-detector of the Shiryaev-Roberts kind; Shin, Ramdas and
 * Rinaldo 2024). It bets on each number, of which nothing is known but that it is uniform while
 * nothing has changed, and starts anew with every number, so that a late change is found as fast as
 * an early one. While nothing changes, it takes at least {@code threshold} numbers on average until
 * a false alarm, whatever the sample size or the number of looks.
 */
final class ChangeDetector {
  /**
   * What a bet on large numbers pays, of a number that is uniform while nothing changes; 1 on
   * average. Flat bets find small changes, steep ones large changes soon.
   */
  private static final List<DoubleUnaryOperator> BETS =
      List.of(
          u -> 1 + .3 * (2 * u - 1),
          u -> 1 + .8 * (2 * u - 1),
          u -> power(1 - u, .5),
          u -> power(1 - u, .25));

  /** Which changes are looked for. */
  enum Side {
    UP,
    DOWN,
    BOTH
  }

  private final double threshold;
  private final Side side;
  private final double[] up = new double[BETS.size()];
  private final double[] down = new double[BETS.size()];

  /**
   * A detector that has seen nothing.
   *
   * @param threshold numbers to a false alarm on average, at least
   */
  ChangeDetector(double threshold, Side side) {
    if (!(threshold > 1)) {
      throw new IllegalArgumentException("threshold is %s; expected above 1".formatted(threshold));
    }
    this.threshold = threshold;
    this.side = side;
  }

  /** Density of a power of a uniform number: large where p is small. */
  private static double power(double p, double exponent) {
    return exponent * Math.pow(Math.max(p, Double.MIN_NORMAL), exponent - 1);
  }

  /**
   * Takes the next number.
   *
   * @param uniform in 0 to 1
   * @return the evidence of a change as a share of what raises the alarm: 1 or more is an alarm
   */
  double next(double uniform) {
    for (int i = 0; i < BETS.size(); i++) {
      up[i] = (1 + up[i]) * BETS.get(i).applyAsDouble(uniform);
      down[i] = (1 + down[i]) * BETS.get(i).applyAsDouble(1 - uniform);
    }
    double mean =
        switch (side) {
          case UP -> mean(up);
          case DOWN -> mean(down);
          case BOTH -> (mean(up) + mean(down)) / 2;
        };
    return mean / threshold;
  }

  /** Whether more of the evidence is for larger numbers than for smaller ones. */
  boolean isUpwards() {
    return mean(up) >= mean(down);
  }

  private static double mean(double[] wealth) {
    return Arrays.stream(wealth).average().orElseThrow();
  }
}
