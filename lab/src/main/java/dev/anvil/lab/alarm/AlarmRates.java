package dev.anvil.lab.alarm;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How often rules raise an alarm in two years in which nothing changes, and how soon they find a
 * drop, on simulated residuals.
 */
public final class AlarmRates {
  /** Drops of the metric that are looked for. */
  public static final List<Double> DROPS = List.of(.1, .2, .3);

  private AlarmRates() {}

  /**
   * Of one rule on one kind of series.
   *
   * @param rule in words
   * @param series what its months have in common
   * @param falseAlarms share of series without change in which it raised an alarm within two years
   * @param drops one per drop of {@link #DROPS}
   */
  public record Rate(String rule, String series, double falseAlarms, List<Found> drops) {
    public Rate {
      drops = List.copyOf(drops);
    }
  }

  /**
   * How a drop was found.
   *
   * @param share of series in which it was found within two years
   * @param months until half of all series had it found, the month of the alarm included; empty
   *     where fewer than half had
   */
  public record Found(double share, OptionalInt months) {}

  /**
   * Simulates.
   *
   * @param seeds series of each kind
   */
  public static List<Rate> measure(int seeds, RunContext context) {
    List<Rate> rates = new ArrayList<>();
    try (Phase phase =
        context.start("simulate", (long) Rule.values().length * Series.KINDS.size())) {
      for (Series.Quiet kind : Series.KINDS) {
        for (Rule rule : Rule.values()) {
          List<Found> drops = new ArrayList<>();
          for (double drop : DROPS) {
            drops.add(found(rule, kind, Math.log(1 - drop) / Rule.LOG_LIKES, seeds, context));
          }
          rates.add(
              new Rate(
                  rule.words(), kind.name(), found(rule, kind, 0, seeds, context).share(), drops));
          phase.step(1);
        }
      }
    }
    return rates;
  }

  private static Found found(
      Rule rule, Series.Quiet kind, double shift, int seeds, RunContext context) {
    List<Integer> months = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      context.checkCancelled();
      rule.month(Series.of(kind, shift, seed), seed).ifPresent(month -> months.add(month + 1));
    }
    months.sort(null);
    return new Found(
        months.size() / (double) seeds,
        2 * months.size() < seeds
            ? OptionalInt.empty()
            : OptionalInt.of(months.get((seeds - 1) / 2)));
  }
}
