package dev.anvil.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.plant.PlantResult;
import dev.anvil.study.plant.PlantResult.Bar;
import dev.anvil.study.plant.PlantResult.Identification;
import dev.anvil.study.plant.PlantResult.Planting;
import dev.anvil.study.plant.PlantResult.Recovered;
import dev.anvil.study.plant.Recovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What planted effects came back as, as text and as CSV files. */
final class PlantTables {
  private PlantTables() {}

  /**
   * Writes {@code bars.csv} (mean predictions by model and level: the paper's Figures 1, 2, 7),
   * {@code recovered.csv} (what came back in each contrast: Table II) and {@code recovery.csv} (the
   * curve).
   */
  static void write(PlantResult result, Path folder) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("bars.csv"))) {
      csv.writeRecord(
          "model",
          "times",
          "factor",
          "pictures",
          "count",
          "target",
          "target_low",
          "target_high",
          "metric",
          "metric_low",
          "metric_high");
      for (Bar bar : result.bars()) {
        csv.writeRecord(
            row(
                List.of(
                    bar.times() == 0 ? "base" : times(bar.times()),
                    Double.toString(bar.times()),
                    result.factor(),
                    bar.pictures(),
                    Integer.toString(bar.count())),
                bar.target(),
                bar.metric()));
      }
    }
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("recovered.csv"))) {
      csv.writeRecord(
          "times",
          "amount",
          "factor",
          "level",
          "reference",
          "placebo",
          "sources",
          "planted",
          "recovered",
          "recovered_low",
          "recovered_high",
          "relative",
          "relative_low",
          "relative_high",
          "p",
          "adjusted_p",
          "equivalence_p");
      for (Planting planting : result.plantings()) {
        for (Recovered r :
            Stream.concat(planting.contrasts().stream(), planting.placebos().stream()).toList()) {
          Effect e = r.effect();
          List<String> row =
              row(
                  List.of(
                      Double.toString(planting.times()),
                      Double.toString(planting.amount()),
                      e.factor(),
                      e.level(),
                      e.reference(),
                      Boolean.toString(e.placebo()),
                      Integer.toString(e.sources()),
                      Double.toString(r.planted())),
                  e.target(),
                  e.relative());
          row.add(Double.toString(e.p()));
          row.add(Double.toString(e.adjustedP()));
          row.add(Double.toString(e.equivalenceP()));
          csv.writeRecord(row);
        }
      }
    }
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("recovery.csv"))) {
      csv.writeRecord("times", "planted", "recovered", "recovered_low", "recovered_high");
      for (Recovery.Point point : result.recovery().points()) {
        csv.writeRecord(
            row(
                List.of(Double.toString(point.times()), Double.toString(point.planted())),
                point.recovered()));
      }
    }
  }

  private static List<String> row(List<String> first, Interval... intervals) {
    List<String> row = new ArrayList<>(first);
    for (Interval interval : intervals) {
      row.add(Double.toString(interval.point()));
      row.add(Double.toString(interval.low()));
      row.add(Double.toString(interval.high()));
    }
    return row;
  }

  /** The table that is printed. */
  static String text(PlantResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Planted in %d of %d posts: %s.%n",
            result.marked(),
            result.posts(),
            result.rule().words()));
    result.identification().ifPresent(i -> text.append(identification(i)));
    text.append(
        String.format(
            Locale.ROOT,
            "%-6s %-14s %-9s %-26s %s%n",
            "times",
            "level",
            "planted",
            "recovered [95 %]",
            "relative [95 %]"));
    for (Planting planting : result.plantings()) {
      for (Recovered r : planting.contrasts()) {
        if (r.effect().factor().equals(result.factor())) {
          text.append(
              String.format(
                  Locale.ROOT,
                  "%-6s %-14s %-9s %-26s %s%n",
                  times(planting.times()),
                  r.effect().level(),
                  String.format(Locale.ROOT, "%+.2f", r.planted()),
                  interval(r.effect().target(), 1, 2),
                  interval(r.effect().relative(), 100, 1) + " %"));
        }
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            "Of what was planted %s comes back (slope; 1 is all).%n",
            interval(result.recovery().slope(), 1, 2)));
    result.plantings().forEach(p -> text.append(specificity(result, p)));
    return text.append("Planted and recovered are in standard deviations of the target.")
        .toString();
  }

  private static String identification(Identification i) {
    return String.format(
        Locale.ROOT,
        "Of the posts found %.0f %% have it; of those that have it %.0f %% were found.%n",
        100 * i.precision(),
        100 * i.recall());
  }

  /** Which contrasts moved along that should not have, and how placebos stood. */
  private static String specificity(PlantResult result, Planting planting) {
    List<String> followed =
        planting.contrasts().stream()
            .filter(r -> !isPlanted(result, r.effect()) && r.follows(planting.shift()))
            .map(r -> r.effect().factor() + " " + r.effect().level())
            .toList();
    List<String> placebos =
        planting.placebos().stream()
            .map(
                r ->
                    "%s %s"
                        .formatted(
                            r.effect().factor(),
                            r.staysNil()
                                ? "stays within its bound"
                                : "is not shown to stay within its bound: "
                                    + interval(r.effect().relative(), 100, 1)
                                    + " %"))
            .toList();
    return String.format(
        Locale.ROOT,
        "%s: %s%s%n",
        times(planting.times()),
        followed.isEmpty() ? "no other level moves along" : "moves along: " + followed,
        placebos.isEmpty() ? "" : "; placebo " + String.join(", placebo ", placebos));
  }

  private static boolean isPlanted(PlantResult result, Effect effect) {
    return effect.factor().equals(result.factor()) && effect.level().equals(result.level());
  }

  private static String times(double times) {
    return times == Math.rint(times) ? String.format(Locale.ROOT, "%.0fx", times) : times + "x";
  }

  /** Point and ends, for example {@code +.2 [-.1, +.5]}. */
  static String interval(Interval interval, double unit, int digits) {
    String number = "%+." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " [" + number + ", " + number + "]",
        unit * interval.point(),
        unit * interval.low(),
        unit * interval.high());
  }
}
