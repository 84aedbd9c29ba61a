package dev.anvil.report.monitoring;

import dev.anvil.monitor.EffectHistory;
import dev.anvil.monitor.EffectPeriod;
import dev.anvil.monitor.EffectsOverTime;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Chart.Row;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import dev.anvil.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The effects of a study by year or quarter. */
final class EffectsSection {
  private EffectsSection() {}

  static Html of(EffectsOverTime found, String metric) {
    List<Html> figures = new ArrayList<>();
    for (int i = 0; i < found.effects().size(); i++) {
      figures.add(figure("effect-" + i, found.effects().get(i), found.periods()));
    }
    return Html.of(
        """
        <section id="effects"><h2>Do effects change?</h2>
        <p class="lede">Effects on {} in the study \u201c{}\u201d, estimated anew for each period by the \
        period\u2019s posts alone, on the same edited pictures.</p>
        <div class="columns">{}</div>{}
        <p class="note">Bands are 95\u00a0% intervals. \u201cChanged\u201d: the periods differ more than \
        their errors allow, all effects considered. An effect is tested where the levels of posts are \
        known, so that the model\u2019s shrinkage in each period is corrected.</p></section>""",
        metric, found.name(), Html.join(figures), leftOut(found));
  }

  private static Html figure(String id, EffectHistory history, List<EffectPeriod> periods) {
    List<Row> points = new ArrayList<>();
    for (EffectPeriod period : periods) {
      history
          .at(period)
          .filter(e -> Double.isFinite(e.width()))
          .ifPresent(e -> points.add(row(period, e)));
    }
    return Html.of(
        "<figure><h3>{} {}</h3>{}</figure>",
        "%s: %s against %s".formatted(history.factor(), history.level(), history.reference()),
        pill(history),
        new Chart(
                id,
                "history",
                "Effect of %s %s by period.".formatted(history.factor(), history.level()),
                Map.of("points", points, "zero", List.of(Row.of("at", 0.0))))
            .html());
  }

  private static Row row(EffectPeriod period, Interval effect) {
    return Row.of("period", period.name())
        .and("low", effect.low())
        .and("value", effect.point())
        .and("high", effect.high())
        .and(
            "words",
            "%s: %s (%s), %s"
                .formatted(
                    period.name(),
                    Words.change(effect.point()),
                    Words.range(effect),
                    Words.count(period.posts(), "post")));
  }

  private static Html pill(EffectHistory history) {
    if (history.p().isEmpty()) {
      return VerdictStyle.pill("not_resolved", "?", "not tested");
    }
    String p = "p " + Words.probability(history.p().orElseThrow());
    return history.changed()
        ? VerdictStyle.pill("hurts", "!", "changed, " + p)
        : VerdictStyle.pill("no_practical_effect", "=", "no change shown, " + p);
  }

  private static Html leftOut(EffectsOverTime found) {
    return found.leftOut().isEmpty()
        ? Html.NONE
        : Html.of("<p class=\"note\">{}</p>", String.join(" ", found.leftOut()));
  }
}
