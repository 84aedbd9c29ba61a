package dev.anvil.report.monitoring;

import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.Fatigue;
import dev.anvil.monitor.Fatigue.Verdict;
import dev.anvil.report.section.Chart;
import dev.anvil.report.section.Chart.Row;
import dev.anvil.report.section.Html;
import dev.anvil.report.section.Table;
import dev.anvil.report.section.VerdictStyle;
import dev.anvil.report.section.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether elements and repeated creatives lose over time. */
final class FatigueSection {
  private FatigueSection() {}

  static Html of(Evidence found) {
    if (found.fatigue().isEmpty()) {
      return Html.NONE;
    }
    List<Fatigue> judged =
        found.fatigue().stream().filter(f -> f.verdict() != Verdict.TOO_FEW_POSTS).toList();
    return Html.of(
        """
        <section id="fatigue"><h2>Does anything tire?</h2>
        <p class="lede">Change of expected {} in a quarter over the last year, against other posts of \
        the same months.</p>
        {}{}{}</section>""",
        found.metric(),
        judged.isEmpty() ? Html.NONE : chart(judged).html(),
        judged.isEmpty() ? Html.NONE : table(judged),
        few(found.fatigue()));
  }

  private static Chart chart(List<Fatigue> judged) {
    List<Row> rows =
        judged.stream()
            .map(
                f ->
                    Row.of("level", f.name())
                        .and("low", f.slope().low())
                        .and("point", f.slope().point())
                        .and("high", f.slope().high())
                        .and("colour", colour(f.verdict()))
                        .and(
                            "fill",
                            f.verdict() == Verdict.NOT_RESOLVED ? "#ffffff" : colour(f.verdict()))
                        .and(
                            "words",
                            "%s: %s (%s), %s"
                                .formatted(
                                    f.name(),
                                    Words.change(f.slope().point()),
                                    Words.range(f.slope()),
                                    f.verdict().words())))
            .toList();
    return new Chart(
        "fatigue-forest",
        "forest",
        "Change in a quarter of each element and repeated creative, with its interval.",
        rows.size(),
        Map.of(
            "band", List.of(),
            "zero", List.of(Row.of("at", 0.0)),
            "effects", rows,
            "exact", List.of(),
            "truth", List.of()));
  }

  private static String colour(Verdict verdict) {
    return switch (verdict) {
      case TIRES -> VerdictStyle.ORANGE;
      case GAINS -> VerdictStyle.BLUE;
      case STAYS_FRESH, NOT_RESOLVED, TOO_FEW_POSTS -> VerdictStyle.GREY;
    };
  }

  private static Html table(List<Fatigue> judged) {
    Table table =
        new Table(
            "Fatigue",
            "Element or creative",
            "#Posts",
            "#Change in a quarter",
            "#Detectable",
            "Verdict");
    for (Fatigue f : judged) {
      table.row(
          f.name(),
          Words.count(f.posts()),
          Html.of(
              "<b>{}</b> <span class=\"range\">{}</span>",
              Words.change(f.slope().point()),
              Words.range(f.slope())),
          Words.percent(f.detectable()),
          pill(f.verdict()));
    }
    return Html.of(
        """
        {}<p class="note">Detectable: the smallest decline in a quarter that would be found with \
        80\u00a0% power. Near-duplicates count as one. A change is claimed only if it is more than \
        chance with all elements considered.</p>""",
        table.html());
  }

  private static Html pill(Verdict verdict) {
    String sign =
        switch (verdict) {
          case TIRES -> "\u25bc";
          case GAINS -> "\u25b2";
          case STAYS_FRESH -> "=";
          case NOT_RESOLVED, TOO_FEW_POSTS -> "?";
        };
    String kind =
        switch (verdict) {
          case TIRES -> "hurts";
          case GAINS -> "helps";
          case STAYS_FRESH -> "no_practical_effect";
          case NOT_RESOLVED, TOO_FEW_POSTS -> "not_resolved";
        };
    return VerdictStyle.pill(kind, sign, verdict.words());
  }

  private static Html few(List<Fatigue> all) {
    List<String> few =
        all.stream()
            .filter(f -> f.verdict() == Verdict.TOO_FEW_POSTS)
            .map(f -> "%s (%s)".formatted(f.name(), Words.count(f.posts())))
            .toList();
    return few.isEmpty()
        ? Html.NONE
        : Html.of(
            "<p class=\"note\">Too few posts to judge: {}.</p>",
            Words.list(few).toLowerCase(Locale.ROOT));
  }
}
