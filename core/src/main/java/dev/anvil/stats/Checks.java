package dev.anvil.stats;

/** Refuses what no statistic can answer for. */
final class Checks {
  private Checks() {}

  /** At least {@code least} finite values. */
  static void finite(double[] values, int least, String name) {
    if (values.length < least) {
      throw new IllegalArgumentException(
          "%s has %d values; expected at least %d".formatted(name, values.length, least));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "%s[%d] is %s; expected a finite number".formatted(name, i, values[i]));
      }
    }
  }

  static void sameLength(int expected, int found, String name) {
    if (expected != found) {
      throw new IllegalArgumentException(
          "%s has %d values; expected %d".formatted(name, found, expected));
    }
  }

  /** Strictly between 0 and 1. */
  static void share(double value, String name) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException("%s %s is not between 0 and 1".formatted(name, value));
    }
  }

  /** A probability, 0 and 1 included. */
  static void probability(double value, String name) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("%s %s is not within 0 and 1".formatted(name, value));
    }
  }

  static void positive(double value, String name) {
    if (!(value > 0)) {
      throw new IllegalArgumentException("%s is %s; expected above 0".formatted(name, value));
    }
  }
}
