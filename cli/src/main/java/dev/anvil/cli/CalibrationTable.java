package dev.anvil.cli;

import dev.anvil.stats.Interval;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.plant.Calibration;
import java.util.ArrayList;
import java.util.List;

/** Effects as the model shows them beside what they are when its shrinkage is undone. */
final class CalibrationTable {
  private CalibrationTable() {}

  static String text(StudyResult study, List<Calibration> calibrations) {
    List<List<String>> rows = new ArrayList<>();
    for (Calibration c : calibrations) {
      Effect effect = study.uncorrected().stream().filter(c::isOf).findFirst().orElseThrow();
      rows.add(
          List.of(
              c.factor(),
              c.level(),
              percent(effect.relative()),
              c.recovery().map(r -> PlantTables.interval(r.slope(), 1, 2)).orElse("-"),
              c.relative().map(CalibrationTable::percent).orElse(c.reason())));
    }
    return Tables.text(
            List.of("factor", "level", "raw [95 %]", "recovered [95 %]", "calibrated [95 %]"), rows)
        + "Raw effects are shrunk by the model. Calibrated effects are divided by the recovered fraction"
        + " of planted effects.";
  }

  private static String percent(Interval interval) {
    return PlantTables.interval(interval, 100, 1) + " %";
  }
}
