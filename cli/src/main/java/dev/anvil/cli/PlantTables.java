package dev.anvil.cli;

import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.plant.PlantResult;
import dev.anvil.study.plant.PlantResult.Identification;
import dev.anvil.study.plant.PlantResult.Planting;
import dev.anvil.study.plant.PlantResult.Recovered;
import dev.anvil.table.TableWriter;
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
    TableWriter.csv(
        folder.resolve("bars.csv"),
        List.of(
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
            "metric_high"),
        result.bars().stream()
            .map(
                bar ->
                    row(
                        List.of(
                            bar.times() == 0 ? "base" : times(bar.times()),
                            bar.times(),
                            result.factor(),
                            bar.pictures(),
                            bar.count()),
                        bar.target(),
                        bar.metric())));
    TableWriter.csv(
        folder.resolve("recovered.csv"),
        List.of(
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
            "equivalence_p"),
        result.plantings().stream()
            .flatMap(
                planting ->
                    Stream.concat(planting.contrasts().stream(), planting.placebos().stream())
                        .map(recovered -> row(planting, recovered))));
    TableWriter.csv(
        folder.resolve("recovery.csv"),
        List.of("times", "planted", "recovered", "recovered_low", "recovered_high"),
        result.recovery().points().stream()
            .map(point -> row(List.of(point.times(), point.planted()), point.recovered())));
  }

  private static List<Object> row(Planting planting, Recovered recovered) {
    Effect e = recovered.effect();
    List<Object> row =
        row(
            List.of(
                planting.times(),
                planting.amount(),
                e.factor(),
                e.level(),
                e.reference(),
                e.placebo(),
                e.sources(),
                recovered.planted()),
            e.target(),
            e.relative());
    row.addAll(List.of(e.p(), e.adjustedP(), e.equivalenceP()));
    return row;
  }

  private static List<Object> row(List<?> first, Interval... intervals) {
    List<Object> row = new ArrayList<>(first);
    for (Interval interval : intervals) {
      row.addAll(List.of(interval.point(), interval.low(), interval.high()));
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
    List<List<String>> rows = new ArrayList<>();
    for (Planting planting : result.plantings()) {
      for (Recovered r : planting.contrasts()) {
        if (r.effect().factor().equals(result.factor())) {
          rows.add(
              List.of(
                  times(planting.times()),
                  r.effect().level(),
                  Tables.cell("%+.2f", r.planted()),
                  interval(r.effect().target(), 1, 2),
                  interval(r.effect().relative(), 100, 1) + " %"));
        }
      }
    }
    text.append(
        Tables.text(
            List.of("times", "level", "planted", "recovered [95 %]", "relative [95 %]"), rows));
    text.append(
        String.format(
            Locale.ROOT,
            "Recovered fraction of the planted effect: %s (slope; 1 is all of it).%n",
            interval(result.recovery().slope(), 1, 2)));
    result.plantings().forEach(p -> text.append(specificity(result, p)));
    return text.append("Planted and recovered are in standard deviations of the target.")
        .toString();
  }

  private static String identification(Identification i) {
    return String.format(
        Locale.ROOT,
        "Inferred labels: precision %.0f %%, recall %.0f %%.%n",
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
                                ? "no practical effect"
                                : "is not shown to stay within its bound: "
                                    + interval(r.effect().relative(), 100, 1)
                                    + " %"))
            .toList();
    return String.format(
        Locale.ROOT,
        "%s: %s%s%n",
        times(planting.times()),
        followed.isEmpty() ? "no other level moves" : "also moves: " + followed,
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
