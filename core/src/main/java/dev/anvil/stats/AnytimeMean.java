package dev.anvil.stats;

import java.util.Arrays;

/**
 * The mean of numbers from 0 to 1 that arrive one after another, with an interval that holds at any
 * time: however often it is looked at and whenever one stops, it misses with at most the stated
 * probability. Nothing is assumed but that each number has this mean, given those before (betting;
 * Waudby-Smith and Ramdas 2024, Journal of the Royal Statistical Society B 86, 1).
 */
public final class AnytimeMean {
  private static final int STEPS = 500;
  private static final int BETS = 10;

  /** Largest bet, as a share of what would lose everything at once. */
  private static final double LARGEST = .95;

  private final double level;

  /** Wealth of the bets that a mean is larger, and of those that it is smaller, by step. */
  private final double[][] up = new double[STEPS + 1][BETS];

  private final double[][] down = new double[STEPS + 1][BETS];
  private double sum;
  private int count;

  /** Begins before the first number. */
  public AnytimeMean(double level) {
    Checks.share(level, "level");
    this.level = level;
    for (int i = 0; i <= STEPS; i++) {
      Arrays.fill(up[i], 1);
      Arrays.fill(down[i], 1);
    }
  }

  /**
   * Takes the next number.
   *
   * @param value in 0 to 1
   * @return the mean so far with its interval
   */
  public Interval next(double value) {
    Checks.probability(value, "value");
    sum += value;
    count++;
    int lowest = STEPS;
    int highest = 0;
    for (int i = 0; i <= STEPS; i++) {
      double mean = (double) i / STEPS;
      double wealth = 0;
      for (int k = 0; k < BETS; k++) {
        double bet = LARGEST * (k + 1) / BETS;
        up[i][k] *= mean == 0 ? (value == 0 ? 1 : Double.MAX_VALUE) : 1 + bet * (value / mean - 1);
        down[i][k] *=
            mean == 1
                ? (value == 1 ? 1 : Double.MAX_VALUE)
                : 1 + bet * ((1 - value) / (1 - mean) - 1);
        wealth += (up[i][k] + down[i][k]) / (2 * BETS);
      }
      if (wealth < 1 / (1 - level)) {
        lowest = Math.min(lowest, i);
        highest = Math.max(highest, i);
      }
    }
    double point = sum / count;
    return new Interval(
        Math.min(point, Math.max(0, (double) (lowest - 1) / STEPS)),
        point,
        Math.max(point, Math.min(1, (double) (highest + 1) / STEPS)),
        level);
  }
}
