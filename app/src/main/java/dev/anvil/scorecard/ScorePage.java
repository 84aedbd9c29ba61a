package dev.anvil.scorecard;

import dev.anvil.scorecard.ScoreTables.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A scorecard as one HTML file. */
final class ScorePage {
  private ScorePage() {}

  static void write(ScorecardSpec spec, List<Row> rows, List<Score> scores, Path file)
      throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=en><meta charset=utf-8><title>")
        .append(escape(spec.name()))
        .append("</title><style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;")
        .append("max-width:100rem;padding:0 1rem;color:#222}table{border-collapse:collapse;")
        .append("margin:0 0 2rem}th,td{padding:.25rem .6rem;text-align:right;")
        .append(
            "border-bottom:1px solid #ddd;white-space:nowrap;font-variant-numeric:tabular-nums}")
        .append("th:first-child,td:first-child{text-align:left}h2{margin:2rem 0 .5rem}")
        .append("</style><h1>")
        .append(escape(spec.name()))
        .append("</h1><p>")
        .append(scores.stream().map(s -> s.scenario() + s.world()).distinct().count())
        .append(" simulated worlds whose true effects are known; seed ")
        .append(spec.seed())
        .append(". In brackets the Monte-Carlo standard error over worlds.</p>");
    String part = "";
    for (Row row : rows) {
      String now = row.scenario() + row.factor();
      if (!now.equals(part)) {
        html.append(part.isEmpty() ? "" : "</table>");
        part = now;
        html.append("<h2>Worlds: ")
            .append(escape(row.scenario()))
            .append("; factors: ")
            .append(escape(row.factor()))
            .append("</h2><table><tr><th>method");
        ScoreTables.cells(row).keySet().forEach(name -> html.append("<th>").append(escape(name)));
      }
      html.append("<tr><td>").append(escape(row.method()));
      ScoreTables.cells(row).values().forEach(cell -> html.append("<td>").append(escape(cell)));
    }
    Files.writeString(file, html.append("</table></html>\n").toString());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
