package dev.anvil.lab.scorecard;

import dev.anvil.lab.scorecard.Measure.Measured;
import dev.anvil.lab.scorecard.ScoreTables.Row;
import dev.anvil.report.HtmlPage;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A scorecard as one HTML file. */
final class ScorePage {
  private ScorePage() {}

  static void write(ScorecardSpec spec, List<Row> rows, List<Score> scores, Path file)
      throws IOException {
    Map<String, List<Row>> parts = new LinkedHashMap<>();
    rows.forEach(row -> parts.computeIfAbsent(row.part(), p -> new ArrayList<>()).add(row));
    List<Row> all = parts.values().iterator().next();
    Html body =
        Html.of(
            """
            <header><h1>{}</h1>
            <p class="deck">{} simulated worlds whose true effects are known; seed {}. In brackets \
            the Monte-Carlo standard error over worlds.</p></header>
            <main>
            <section><h2>At a glance</h2>
            <p class="lede">Over all worlds and factors, with two standard errors to either side. \
            Dashes: a method without fault.</p>
            <div class="columns">{}</div></section>
            <section><h2>Power</h2>
            <p class="lede">Share of the true effects of each size that are claimed, and which share that \
            is of those that the oracle ({}: least squares on the true labels of all posts) claims.</p>
            {}
            <p class="lede">The same at an equal rate of error: each method's intervals are scaled by one factor,             so that 95 % of them hold the truth. A method whose intervals are too narrow claims more             than it may, and its power above says little.</p>
            {}</section>
            {}
            </main>
            {}
            """,
            spec.name(),
            scores.stream().map(s -> s.scenario() + s.world()).distinct().count(),
            spec.seed(),
            Html.join(
                IntStream.range(0, Measure.ALL.size()).mapToObj(m -> figure(m, all)).toList()),
            PowerBySize.ORACLE,
            power("Power by size of the true effect", scores),
            power("Power at an equal rate of error", ScaledIntervals.of(scores)),
            Html.join(parts.entrySet().stream().map(p -> part(p.getKey(), p.getValue())).toList()),
            HtmlPage.footer("Anvil"));
    Files.writeString(file, HtmlPage.of(spec.name(), body));
  }

  private static Html power(String title, List<Score> scores) {
    List<List<String>> rows = ScoreTables.power(PowerBySize.of(scores));
    List<String> heads = new ArrayList<>(List.of("Method"));
    rows.get(0).stream().skip(1).forEach(size -> heads.add("#" + size));
    Table table = new Table(title, heads.toArray(String[]::new));
    rows.stream().skip(1).forEach(row -> table.row(row.toArray()));
    return table.html();
  }

  private static Html figure(int measure, List<Row> rows) {
    String words = Measure.ALL.get(measure).words();
    double aim = Measure.ALL.get(measure).aim();
    List<Chart.Row> points = new ArrayList<>();
    for (Row row : rows) {
      Measured m = row.measures().get(measure);
      double reach = Double.isNaN(m.error()) ? 0 : 2 * m.error();
      points.add(
          Chart.Row.of("method", row.method())
              .and("value", m.value())
              .and("low", m.value() - reach)
              .and("high", m.value() + reach)
              .and("words", row.method() + ": " + ScoreTables.cells(row).get(words)));
    }
    return Html.of(
        "<figure><h3>{}</h3>{}</figure>",
        words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
        new Chart(
                "measure-" + measure,
                "measure",
                "%s of every method; the table below has the numbers.".formatted(words),
                rows.size(),
                Map.of("aim", List.of(Chart.Row.of("at", aim)), "methods", points))
            .html());
  }

  private static Html part(String heading, List<Row> rows) {
    List<String> heads = new ArrayList<>(List.of("Method"));
    ScoreTables.cells(rows.get(0)).keySet().forEach(measure -> heads.add("#" + measure));
    Table table = new Table(heading, heads.toArray(String[]::new));
    for (Row row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.method()));
      cells.addAll(ScoreTables.cells(row).values());
      table.row(cells.toArray());
    }
    return Html.of("<section><h2>{}</h2>{}</section>", heading, table.html());
  }
}
