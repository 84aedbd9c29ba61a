package dev.anvil.report.monitoring;

import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.Evidence.DropDelay;
import dev.anvil.monitor.Watch;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Chart.Row;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The series that are watched, how often they are wrong, and how soon they find a change. */
final class AlarmSection {
  private AlarmSection() {}

  static Html of(Evidence found) {
    if (found.watches().isEmpty()) {
      return Html.NONE;
    }
    List<Html> watches = new ArrayList<>();
    for (int i = 0; i < found.watches().size(); i++) {
      watches.add(watch("watch-" + i, found.watches().get(i)));
    }
    return Html.of(
        """
        <section id="alarms"><h2>Has anything changed?</h2>
        <p class="lede">While nothing changes, a false alarm of any kind takes {} years on average, at \
        least, however often you look.</p>
        {}{}</section>""",
        years(found.years()),
        Html.join(watches),
        delays(found));
  }

  private static String years(double years) {
    return years == Math.rint(years)
        ? Words.count((int) years)
        : String.format(Locale.ENGLISH, "%.1f", years);
  }

  private static Html watch(String id, Watch watch) {
    String period = watch.pace().name().toLowerCase(Locale.ROOT);
    return Html.of(
        """
        <h3>{} {}</h3>
        <div class="columns">
        <figure><p class="axis">Mean of each {}, in standard deviations of {} quiet ones</p>{}</figure>
        <figure><p class="axis">Evidence of a change; the alarm is raised at 1</p>{}</figure>
        </div>""",
        name(watch),
        pill(watch),
        period,
        Words.count(watch.quietPeriods()),
        chart(id + "-value", "series", watch, Watch.Point::value, 0, "Mean").html(),
        chart(id + "-evidence", "evidence", watch, Watch.Point::evidence, 1, "Evidence").html());
  }

  private static String name(Watch watch) {
    return watch.name().equals(Watch.AUDIENCE)
        ? "Audience: do posts get what the model expects?"
        : "Size of the errors: are predictions as good as when the model was fitted?";
  }

  private static Html pill(Watch watch) {
    return watch
        .alarm()
        .map(day -> VerdictStyle.pill("hurts", "!", "alarm from " + Words.date(day)))
        .orElseGet(() -> VerdictStyle.pill("passed", "\u2713", "quiet"));
  }

  private static Chart chart(
      String id,
      String spec,
      Watch watch,
      ToDoubleFunction<Watch.Point> value,
      double level,
      String what) {
    List<Row> points =
        watch.points().stream()
            .map(
                p ->
                    Row.of("time", p.first().toString())
                        .and("value", value.applyAsDouble(p))
                        .and(
                            "words",
                            "from %s: %s (%s)"
                                .formatted(
                                    Words.date(p.first()),
                                    Words.decimal(value.applyAsDouble(p)),
                                    Words.count(p.posts(), "post"))))
            .toList();
    List<Row> alarm = watch.alarm().map(day -> Row.of("time", day.toString())).stream().toList();
    return new Chart(
        id,
        spec,
        "%s of %s over time%s."
            .formatted(
                what,
                watch.name(),
                watch.alarm().map(day -> "; alarm from " + Words.date(day)).orElse("; no alarm")),
        Map.of(
            "points",
            points,
            "level",
            List.of(Row.of("at", level)),
            "alarm",
            alarm,
            "band",
            List.of()));
  }

  private static Html delays(Evidence found) {
    if (found.delays().isEmpty()) {
      return Html.NONE;
    }
    Table table =
        new Table(
            "How soon drops are found",
            "Drop of " + found.metric(),
            "#Found within a year",
            "#Half of them after");
    for (DropDelay drop : found.delays()) {
      table.row(
          Words.percent(drop.drop()),
          Words.percent(drop.delay().found()),
          drop.delay().weeks().isPresent()
              ? Words.count((int) Math.round(drop.delay().weeks().getAsDouble()), "week")
              : "more than a year");
    }
    return Html.of(
        """
        <h3>How soon a drop would be found</h3>{}
        <p class="note">Simulated on this campaign\u2019s own residuals: its quiet months, drawn at \
        random, with a drop added.</p>""",
        table.html());
  }
}
