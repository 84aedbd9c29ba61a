package dev.anvil.cli;

import dev.anvil.lab.alarm.AlarmRates;
import dev.anvil.lab.alarm.AlarmRates.FatigueRate;
import dev.anvil.lab.alarm.AlarmRates.Found;
import dev.anvil.lab.alarm.AlarmRates.Rate;
import dev.anvil.monitor.Fatigue.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How often alarms are false and how late true ones come, as tables. */
final class AlarmScore {
  private static final List<Verdict> VERDICTS =
      List.of(Verdict.TIRES, Verdict.GAINS, Verdict.STAYS_FRESH, Verdict.NOT_RESOLVED);

  private AlarmScore() {}

  static void print(Common common, int seeds) throws IOException {
    AlarmRates rates = AlarmRates.measure(seeds, common.context());
    common.print(
        rates,
        String.join(
            System.lineSeparator(),
            "Audience: drops of the metric",
            table(rates.residuals(), "drop of %.0f %% found after", AlarmRates.DROPS),
            "Pictures: a share of new ones is of another kind",
            table(rates.pictures(), "%.0f %% found after", AlarmRates.SHARES),
            "Fatigue of an element in a year",
            fatigue(rates.fatigue()),
            ("%d series of each kind; months until the change was found in half of them,"
                    + " and in brackets the share found within two years.")
                .formatted(seeds)));
  }

  private static String table(List<Rate> rates, String head, List<Double> sizes) {
    List<String> heads = new ArrayList<>(List.of("series", "rule", "false alarm in two years"));
    sizes.forEach(size -> heads.add(Tables.cell(head, 100 * size)));
    List<List<String>> rows = new ArrayList<>();
    for (Rate rate : rates) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  rate.series(), rate.rule(), Tables.cell("%.0f %%", 100 * rate.falseAlarms())));
      rate.changes().forEach(found -> row.add(found(found)));
      rows.add(row);
    }
    return Tables.text(heads, rows);
  }

  private static String found(Found found) {
    String share = Tables.cell(" (%.0f %%)", 100 * found.share());
    return (found.months().isPresent() ? found.months().getAsInt() + " months" : "-") + share;
  }

  private static String fatigue(List<FatigueRate> rates) {
    List<String> heads = new ArrayList<>(List.of("series", "loses in a quarter"));
    VERDICTS.forEach(verdict -> heads.add(verdict.words()));
    heads.add("20 % under the best two weeks");
    List<List<String>> rows = new ArrayList<>();
    for (FatigueRate rate : rates) {
      List<String> row =
          new ArrayList<>(List.of(rate.series(), Tables.cell("%.0f %%", 100 * rate.loss())));
      VERDICTS.forEach(
          verdict ->
              row.add(Tables.cell("%.0f %%", 100 * rate.verdicts().getOrDefault(verdict, 0.))));
      row.add(Tables.cell("%.0f %%", 100 * rate.underPeak()));
      rows.add(row);
    }
    return Tables.text(heads, rows);
  }
}
