package dev.anvil.report.monitoring;

import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.Kept;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Chart.Row;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import java.util.List;
import java.util.Map;

/** Whether prediction intervals held what came true. */
final class PromiseSection {
  private PromiseSection() {}

  static Html of(Evidence found) {
    Html promise =
        found
            .promise()
            .map(
                kept ->
                    one(
                        "promise",
                        "Predicted beforehand",
                        kept,
                        ("Each of these predictions was kept before the post\u2019s %s was known, in a"
                                + " chain of hashes. A prediction that was changed afterwards would"
                                + " be found.")
                            .formatted(found.metric())))
            .orElseGet(
                () ->
                    Html.of(
                        "<p>No post that was predicted before its {} was known has it yet.</p>",
                        found.metric()));
    Html afterwards =
        found
            .afterwards()
            .map(
                kept ->
                    one(
                        "afterwards",
                        "Predicted afterwards",
                        kept,
                        "These posts were first seen with their %s. Their predictions are no promises."
                            .formatted(found.metric())))
            .orElse(Html.NONE);
    return Html.of(
        "<section id=\"promises\"><h2>Are promises kept?</h2>{}{}</section>", promise, afterwards);
  }

  private static Html one(String id, String title, Kept kept, String note) {
    return Html.of(
        """
        <h3>{}</h3>
        <p>Of {} intervals that should hold {} of what comes true, {} held it. {} The mean error is {} \
        standard deviations.</p>
        <figure>{}<figcaption>{}{}{}</figcaption></figure>""",
        title,
        Words.count(kept.posts()),
        Words.percent(kept.level()),
        Words.count(kept.held()),
        note,
        Words.decimal(kept.meanError()),
        chart(id, kept).html(),
        VerdictStyle.key("line-dot", VerdictStyle.BLUE, "share held so far, periods count alike"),
        VerdictStyle.key("band", "#d5e6f2", "95 % interval that holds at any time"),
        VerdictStyle.key("dashes", "#22252a", "share that should be held"));
  }

  private static Chart chart(String id, Kept kept) {
    List<Row> points =
        kept.points().stream()
            .map(
                p ->
                    Row.of("time", p.first().toString())
                        .and("value", p.share().point())
                        .and("low", p.share().low())
                        .and("high", p.share().high())
                        .and(
                            "words",
                            "from %s: %s so far (%s)"
                                .formatted(
                                    Words.date(p.first()),
                                    Words.percent(p.share().point()),
                                    Words.count(p.posts(), "post"))))
            .toList();
    return new Chart(
        id,
        "series",
        "Share of intervals that held what came true, with its interval over time.",
        Map.of(
            "band",
            points,
            "points",
            points,
            "level",
            List.of(Row.of("at", kept.level())),
            "alarm",
            List.of()));
  }
}
