package dev.anvil.stats;

import java.util.Arrays;

/**
 * The centre of numbers that scatter symmetrically about it, with an interval that holds at any
 * time. It needs no variance: it is the mixture of exp(λS - λ²V/2), where S sums and V sums the
 * squares, over normal λ (de la Peña 1999, Annals of Probability 27, 537).
 */
public final class AnytimeCentre {
  /** Standard deviations of λ, for numbers of any scale. */
  private static final double[] SPREADS = {.001, .004, .016, .064, .25, 1, 4, 16, 64, 250, 1000};

  private static final int HALVINGS = 60;

  private AnytimeCentre() {}

  /**
   * The mean with its interval; the whole line where the numbers are too few for one.
   *
   * @param values at least one
   */
  public static Interval of(double[] values, double level) {
    Checks.finite(values, 1, "values");
    Checks.share(level, "level");
    double mean = Arrays.stream(values).average().orElseThrow();
    double scale =
        Math.max(1e-9, Arrays.stream(values).map(v -> Math.abs(v - mean)).max().orElse(0));
    return new Interval(
        mean - reach(values, mean, -scale, 1 / (1 - level)),
        mean,
        mean + reach(values, mean, scale, 1 / (1 - level)),
        level);
  }

  /** Distance to where the wealth of bets against a centre reaches what refutes it. */
  private static double reach(double[] values, double mean, double scale, double refuted) {
    double low = 0;
    double high = 1;
    while (wealth(values, mean + high * scale) < refuted) {
      high *= 2;
      if (high > 1e6) {
        return Double.POSITIVE_INFINITY;
      }
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (wealth(values, mean + middle * scale) < refuted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high * Math.abs(scale);
  }

  private static double wealth(double[] values, double centre) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value - centre;
      squares += (value - centre) * (value - centre);
    }
    double wealth = 0;
    for (double spread : SPREADS) {
      double known = 1 + spread * spread * squares;
      wealth += Math.exp(spread * spread * sum * sum / (2 * known)) / Math.sqrt(known);
    }
    return wealth / SPREADS.length;
  }
}
