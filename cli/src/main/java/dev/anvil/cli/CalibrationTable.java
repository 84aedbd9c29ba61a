package dev.anvil.cli;

import dev.anvil.stats.Interval;
import dev.anvil.study.StudyResult;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.plant.Calibration;
import java.util.List;
import java.util.Locale;

/** Effects as the model shows them beside what they are when its shrinkage is undone. */
final class CalibrationTable {
  private CalibrationTable() {}

  static String text(StudyResult study, List<Calibration> calibrations) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-12s %-12s %-26s %-22s %s%n",
            "factor", "level", "raw [95 %]", "comes back [95 %]", "calibrated [95 %]"));
    for (Calibration c : calibrations) {
      Effect effect = study.uncorrected().stream().filter(c::isOf).findFirst().orElseThrow();
      text.append(
          String.format(
              Locale.ROOT,
              "%-12s %-12s %-26s %-22s %s%n",
              c.factor(),
              c.level(),
              percent(effect.relative()),
              c.recovery().map(r -> PlantTables.interval(r.slope(), 1, 2)).orElse("-"),
              c.relative().map(CalibrationTable::percent).orElse(c.reason())));
    }
    return text
        + "Raw effects understate where a model shrinks; calibrated ones are divided by the share"
        + " of planted effects that comes back.";
  }

  private static String percent(Interval interval) {
    return PlantTables.interval(interval, 100, 1) + " %";
  }
}
