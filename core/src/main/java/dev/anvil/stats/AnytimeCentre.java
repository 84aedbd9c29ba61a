package dev.anvil.stats;

import java.util.Arrays;

/**
 * The centre of numbers that scatter symmetrically about it, with an interval that holds at any
 * time. It needs no variance: given how far a number is from the centre, both sides are as likely,
 * so that exp(λx) / cosh(λx) is 1 on average, and products of it are a fair game for every λ. The
 * interval holds the centres that no mixture of such bets refutes (Ville's inequality; cosh in
 * place of its bound exp(λ²x²/2), which de la Peña 1999, Annals of Probability 27, 537, uses).
 */
public final class AnytimeCentre {
  /** Bets on one side and as many on the other, for numbers of any scale. */
  private static final double[] BETS = {.001, .004, .016, .064, .25, 1, 4, 16, 64, 250, 1000};

  private static final int HALVINGS = 40;

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
    double wealth = 0;
    for (double bet : BETS) {
      wealth +=
          Math.exp(logWealth(values, centre, bet)) + Math.exp(logWealth(values, centre, -bet));
    }
    return wealth / (2 * BETS.length);
  }

  private static double logWealth(double[] values, double centre, double bet) {
    double sum = 0;
    for (double value : values) {
      double x = bet * (value - centre);
      // x - log cosh x, without overflow
      sum += x - Math.abs(x) - Math.log1p(Math.exp(-2 * Math.abs(x))) + Math.log(2);
    }
    return sum;
  }
}
