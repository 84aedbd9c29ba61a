package dev.anvil.web.page;

import dev.anvil.engine.service.view.GalleryPage.Row;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A metric over time: posts as dots, means of months as a line, and the same as a table. */
final class Timeline {
  private static final int MOST_POINTS = 1500;

  private Timeline() {}

  /** A mean that grows. */
  private static final class Mean {
    private double sum;
    private int count;

    void add(double value) {
      sum += value;
      count++;
    }

    double value() {
      return sum / count;
    }
  }

  /**
   * The section.
   *
   * @param rows oldest first
   * @param cut day from which a model learned; empty where no model is chosen, or it learned from
   *     all posts
   */
  static Html of(List<Row> rows, String metric, Optional<LocalDate> cut) {
    List<Row> measured =
        rows.stream()
            .filter(row -> row.time().isPresent() && row.metrics().containsKey(metric))
            .toList();
    if (measured.isEmpty()) {
      return Html.NONE;
    }
    Map<YearMonth, Mean> months = new TreeMap<>();
    for (Row row : measured) {
      months
          .computeIfAbsent(YearMonth.from(row.time().orElseThrow()), m -> new Mean())
          .add(row.metrics().get(metric));
    }
    return Html.of(
        """
        <section aria-labelledby="time"><h2 id="time">{} over time</h2>{}{}
        <details><summary>As a table</summary>{}</details></section>\
        """,
        Words.capital(metric),
        new Chart(
                "timeline",
                "timeline",
                "%s of %s over time, with the mean of each month%s."
                    .formatted(
                        Words.capital(metric),
                        which(measured),
                        cut.map(day -> "; the model learned from posts since " + Words.date(day))
                            .orElse("")),
                Map.of(
                    "posts",
                    points(measured, metric),
                    "rolling",
                    line(months),
                    "cut",
                    cut.map(Timeline::cut).stream().toList()))
            .html(),
        note(measured),
        table(months, metric));
  }

  private static Chart.Row cut(LocalDate day) {
    return Chart.Row.of("time", day.atStartOfDay().toString()).and("label", "learned from here on");
  }

  private static int every(List<Row> measured) {
    return (measured.size() + MOST_POINTS - 1) / MOST_POINTS;
  }

  private static String which(List<Row> measured) {
    return every(measured) > 1 ? "one post in " + every(measured) : "each post";
  }

  private static Html note(List<Row> measured) {
    return every(measured) > 1
        ? Html.of(
            "<p class=\"note\">One post in {} is drawn; the line and the table are of all {}.</p>",
            every(measured),
            Words.count(measured.size(), "post"))
        : Html.NONE;
  }

  private static List<Chart.Row> points(List<Row> measured, String metric) {
    int every = every(measured);
    List<Chart.Row> points = new ArrayList<>();
    for (int i = 0; i < measured.size(); i += every) {
      Row row = measured.get(i);
      points.add(
          Chart.Row.of("time", row.time().orElseThrow().toString())
              .and("metric", row.metrics().get(metric))
              .and("colour", VerdictStyle.BLUE));
    }
    return points;
  }

  private static List<Chart.Row> line(Map<YearMonth, Mean> months) {
    return months.entrySet().stream()
        .map(
            e ->
                Chart.Row.of("time", e.getKey().atDay(15).toString())
                    .and("mean", e.getValue().value()))
        .toList();
  }

  private static Html table(Map<YearMonth, Mean> months, String metric) {
    Table table = new Table("Mean of each month", "Month", "#Posts", "#Mean " + metric);
    months.forEach((month, mean) -> table.row(month, mean.count, Pages.amount(mean.value())));
    return table.html();
  }
}
