package dev.anvil.lab.alarm;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.lab.alarm.AlarmRates.Found;
import dev.anvil.lab.alarm.AlarmRates.Rate;
import java.util.ArrayList;
import java.util.List;

/** Rules on simulated residuals, quiet or lower from the fit on. */
final class ShiftRates {
  /** Drops of the metric. */
  static final List<Double> DROPS = List.of(.1, .2, .3);

  private ShiftRates() {}

  /**
   * Simulates.
   *
   * @param seeds series of each kind
   */
  static List<Rate> measure(int seeds, RunContext context) {
    List<Rate> rates = new ArrayList<>();
    try (Phase phase =
        context.start("simulate residuals", (long) Rule.values().length * Series.KINDS.size())) {
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
    return Found.of(months, seeds);
  }
}
