package dev.anvil.lab.scorecard;

import dev.anvil.lab.scorecard.ScoreTables.Row;
import dev.anvil.report.section.Html;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A scorecard as one HTML file. */
final class ScorePage {
  private static final String PAGE =
      """
      <!doctype html><html lang=en><meta charset=utf-8><title>{}</title><style>
      body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:100rem;padding:0 1rem;
      color:#222}
      table{border-collapse:collapse;margin:0 0 2rem}
      th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid #ddd;white-space:nowrap;
      font-variant-numeric:tabular-nums}
      th:first-child,td:first-child{text-align:left}h2{margin:2rem 0 .5rem}
      </style><h1>{}</h1>
      <p>{} simulated worlds whose true effects are known; seed {}. In brackets the Monte-Carlo
      standard error over worlds.</p>
      {}
      </html>
      """;

  private ScorePage() {}

  static void write(ScorecardSpec spec, List<Row> rows, List<Score> scores, Path file)
      throws IOException {
    Map<String, List<Row>> parts = new LinkedHashMap<>();
    rows.forEach(row -> parts.computeIfAbsent(heading(row), h -> new ArrayList<>()).add(row));
    Html page =
        Html.of(
            PAGE,
            spec.name(),
            spec.name(),
            scores.stream().map(s -> s.scenario() + s.world()).distinct().count(),
            spec.seed(),
            Html.join(parts.entrySet().stream().map(p -> part(p.getKey(), p.getValue())).toList()));
    Files.writeString(file, page.toString());
  }

  private static String heading(Row row) {
    return "Worlds: %s; factors: %s".formatted(row.scenario(), row.factor());
  }

  private static Html part(String heading, List<Row> rows) {
    return Html.of(
        "<h2>{}</h2><table><tr><th>method{}{}</table>",
        heading,
        cells("<th>{}", ScoreTables.cells(rows.get(0)).keySet()),
        Html.join(
            rows.stream()
                .map(
                    row ->
                        Html.of(
                            "<tr><td>{}{}",
                            row.method(),
                            cells("<td>{}", ScoreTables.cells(row).values())))
                .toList()));
  }

  private static Html cells(String template, Collection<String> texts) {
    return Html.join(texts.stream().map(text -> Html.of(template, text)).toList());
  }
}
