package dev.anvil.lab.scorecard;

import dev.anvil.lab.scorecard.Measure.Measured;
import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The tables of a scorecard: all methods over all worlds, by scenario and by factor. */
public final class ScoreTables {
  private static final String ALL = "all";

  /**
   * One row.
   *
   * @param scenario or {@code all}
   * @param factor or {@code all}; a placebo counts to all factors only
   * @param measures in the order of {@link Measure}
   */
  public record Row(String scenario, String factor, String method, List<Measured> measures) {
    /** Which worlds and factors it is about. */
    public String part() {
      return "Worlds: %s; factors: %s".formatted(scenario, factor);
    }
  }

  private ScoreTables() {}

  /** All methods over all worlds, then by scenario, then by factor. */
  public static List<Row> rows(List<Score> scores) {
    List<Row> rows = new ArrayList<>(rows(ALL, ALL, scores));
    for (String scenario : distinct(scores.stream().map(Score::scenario).toList())) {
      rows.addAll(rows(scenario, ALL, select(scores, s -> s.scenario().equals(scenario))));
    }
    List<Score> contrasts = select(scores, s -> !s.placebo());
    for (String factor : distinct(contrasts.stream().map(Score::factor).toList())) {
      rows.addAll(rows(ALL, factor, select(contrasts, s -> s.factor().equals(factor))));
    }
    return rows;
  }

  private static List<Row> rows(String scenario, String factor, List<Score> scores) {
    List<Row> rows = new ArrayList<>();
    for (String method : distinct(scores.stream().map(Score::method).toList())) {
      List<Score> own = select(scores, s -> s.method().equals(method));
      List<Measured> measures = new ArrayList<>();
      for (Measure measure : Measure.ALL) {
        measures.add(measure.of(own));
      }
      rows.add(new Row(scenario, factor, method, measures));
    }
    return rows;
  }

  private static List<Score> select(List<Score> scores, Predicate<Score> wanted) {
    return scores.stream().filter(wanted).toList();
  }

  private static Set<String> distinct(List<String> names) {
    return new LinkedHashSet<>(names);
  }

  /** Power by the size of the true effect, a row per method: heads first. */
  public static List<List<String>> power(List<PowerBySize> powers) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (PowerBySize power : powers) {
      rows.computeIfAbsent(power.method(), m -> new ArrayList<>(List.of(m)))
          .add(
              cell(power.claimed())
                  + (Double.isNaN(power.reached().value())
                          || power.method().equals(PowerBySize.ORACLE)
                      ? ""
                      : String.format(Locale.ROOT, ", %.0f %%", 100 * power.reached().value())));
    }
    List<List<String>> table = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of("method"));
    heads.addAll(PowerBySize.sizes());
    table.add(heads);
    table.addAll(rows.values());
    return table;
  }

  private static String cell(Measured m) {
    if (Double.isNaN(m.value())) {
      return "-";
    }
    return Double.isNaN(m.error())
        ? String.format(Locale.ROOT, "%.3f", m.value())
        : String.format(Locale.ROOT, "%.3f (%.3f)", m.value(), m.error());
  }

  /** Writes {@code summary.csv}, {@code power.csv} and {@code scorecard.html}. */
  public static void write(ScorecardSpec spec, List<Score> scores, Path folder) throws IOException {
    List<Row> rows = rows(scores);
    List<String> columns = new ArrayList<>(List.of("scenario", "factor", "method"));
    for (Measure measure : Measure.ALL) {
      columns.add(measure.words());
      columns.add(measure.words() + " error");
    }
    TableWriter.csv(folder.resolve("summary.csv"), columns, rows.stream().map(ScoreTables::values));
    TableWriter.csv(
        folder.resolve("power.csv"),
        List.of(
            "intervals",
            "method",
            "effect",
            "contrasts",
            "power",
            "error",
            "share of oracle",
            "share error"),
        Stream.concat(
            values("as reported", PowerBySize.of(scores)),
            values("scaled to hold 95 %", PowerBySize.of(ScaledIntervals.of(scores)))));
    ScorePage.write(spec, rows, scores, folder.resolve("scorecard.html"));
  }

  private static Stream<List<Object>> values(String intervals, List<PowerBySize> powers) {
    return powers.stream()
        .map(
            p ->
                List.of(
                    intervals,
                    p.method(),
                    p.size(),
                    p.contrasts(),
                    p.claimed().value(),
                    p.claimed().error(),
                    p.reached().value(),
                    p.reached().error()));
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>(List.of(row.scenario(), row.factor(), row.method()));
    row.measures().forEach(m -> values.addAll(List.of(m.value(), m.error())));
    return values;
  }

  /** A row's measures as texts, by their names. */
  public static Map<String, String> cells(Row row) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < row.measures().size(); i++) {
      cells.put(Measure.ALL.get(i).words(), cell(row.measures().get(i)));
    }
    return cells;
  }
}
