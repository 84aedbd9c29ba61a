package dev.anvil.cli;

import dev.anvil.lab.alarm.AlarmRates;
import dev.anvil.lab.alarm.AlarmRates.Found;
import dev.anvil.lab.alarm.AlarmRates.Rate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How often alarms are false and how late true ones come, as a table. */
final class AlarmScore {
  private AlarmScore() {}

  static void print(Common common, int seeds) throws IOException {
    List<Rate> rates = AlarmRates.measure(seeds, common.context());
    List<String> heads = new ArrayList<>(List.of("series", "rule", "false alarm in two years"));
    AlarmRates.DROPS.forEach(d -> heads.add(Tables.cell("drop of %.0f %% found after", 100 * d)));
    List<List<String>> rows = new ArrayList<>();
    for (Rate rate : rates) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  rate.series(), rate.rule(), Tables.cell("%.0f %%", 100 * rate.falseAlarms())));
      rate.drops().forEach(found -> row.add(found(found)));
      rows.add(row);
    }
    common.print(
        rates,
        Tables.text(heads, rows)
            + "%d series of each kind; months until half of them had it found, in brackets how many had within two years."
                .formatted(seeds));
  }

  private static String found(Found found) {
    String share = Tables.cell(" (%.0f %%)", 100 * found.share());
    return (found.months().isPresent() ? found.months().getAsInt() + " months" : "-") + share;
  }
}
