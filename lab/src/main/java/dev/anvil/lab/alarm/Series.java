package dev.anvil.lab.alarm;

import dev.anvil.Seeds;
import dev.anvil.monitor.Timed;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Simulated residuals, in standard deviations: seven quiet years that a model was measured on, and
 * two years after.
 *
 * @param quiet of the first seven years
 * @param fresh of the years after
 */
record Series(List<Timed> quiet, List<Timed> fresh) {
  static final int FRESH_MONTHS = 24;
  static final LocalDateTime BEGIN = LocalDateTime.of(2017, 1, 1, 12, 0);

  private static final int QUIET_MONTHS = 84;
  private static final int A_MONTH = 12;

  /**
   * What the months have of their own.
   *
   * @param name in tables
   * @param sd of what a month's posts share, in standard deviations of a post
   * @param carried share of it that the next month has too
   */
  record Quiet(String name, double sd, double carried) {
    /** What the next month has of its own, after one that had so much. */
    double next(double level, Random random) {
      return carried * level + sd * Math.sqrt(1 - carried * carried) * random.nextGaussian();
    }
  }

  static final List<Quiet> KINDS =
      List.of(
          new Quiet("posts by themselves", 0, 0),
          new Quiet("months share something", .3, 0),
          new Quiet("months hand something on", .3, .5));

  /**
   * Draws a series.
   *
   * @param shift of all posts after the fit
   */
  static Series of(Quiet kind, double shift, long seed) {
    Random random = new Random(Seeds.derive(seed, kind.name()));
    List<Timed> quiet = new ArrayList<>();
    List<Timed> fresh = new ArrayList<>();
    double level = 0;
    for (int month = 0; month < QUIET_MONTHS + FRESH_MONTHS; month++) {
      level = kind.next(level, random);
      boolean later = month >= QUIET_MONTHS;
      for (int k = 0; k < A_MONTH; k++) {
        LocalDateTime time = BEGIN.plusMonths(month).plusHours(54L * k);
        double value = level + random.nextGaussian() + (later ? shift : 0);
        (later ? fresh : quiet).add(new Timed(time, value));
      }
    }
    return new Series(quiet, fresh);
  }
}
