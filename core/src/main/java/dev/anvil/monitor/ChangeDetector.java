package dev.anvil.monitor;

/**
 * An alarm with a stated run length (e-detector of the Shiryaev-Roberts kind; Shin, Ramdas and
 * Rinaldo 2024). It bets on each number, of which nothing is known but that it is uniform while
 * nothing has changed, and starts anew with every number, so that a late change is found as fast as
 * an early one. While nothing changes, it takes at least {@code threshold} numbers on average until
 * a false alarm, whatever the sample size or the number of looks.
 */
final class ChangeDetector {
  /** Shares of the stake; small ones find small changes, large ones large changes soon. */
  private static final double[] STAKES = {.2, .5, .9};

  /** Which changes are looked for. */
  enum Side {
    UP,
    DOWN,
    BOTH
  }

  private final double threshold;
  private final double[] bets;
  private final double[] wealth;

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
    int sides = side == Side.BOTH ? 2 : 1;
    this.bets = new double[STAKES.length * sides];
    this.wealth = new double[bets.length];
    for (int i = 0; i < bets.length; i++) {
      boolean up = side == Side.UP || side == Side.BOTH && i < STAKES.length;
      bets[i] = (up ? 1 : -1) * STAKES[i % STAKES.length];
    }
  }

  /**
   * Takes the next number.
   *
   * @param uniform in 0 to 1
   * @return the evidence of a change as a share of what raises the alarm: 1 or more is an alarm
   */
  double next(double uniform) {
    double sum = 0;
    for (int i = 0; i < bets.length; i++) {
      wealth[i] = (1 + wealth[i]) * (1 + bets[i] * (2 * uniform - 1));
      sum += wealth[i];
    }
    return sum / bets.length / threshold;
  }

  /** Whether more of the evidence is for larger numbers than for smaller ones. */
  boolean isUpwards() {
    double up = 0;
    double down = 0;
    for (int i = 0; i < bets.length; i++) {
      up += bets[i] > 0 ? wealth[i] : 0;
      down += bets[i] < 0 ? wealth[i] : 0;
    }
    return up >= down;
  }
}
