package dev.anvil.cli;

import dev.anvil.campaign.Advice;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.request.FitColumns;
import dev.anvil.report.data.FitSummary;
import dev.anvil.report.data.Skill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A fit as it is printed: what was learned from, how well the model does, what to do next. */
final class FitPage {
  private FitPage() {}

  /**
   * The text.
   *
   * @param table of the regressors
   * @param next what to do next
   */
  static String text(FitOutcome fit, String table, String next) {
    FitSummary summary = fit.summary();
    List<String> lines = new ArrayList<>(summary.sentences());
    lines.add(next);
    lines.add("");
    if (!fit.report().model().evaluations().isEmpty()) {
      lines.add(table.stripTrailing());
    }
    lines.addAll(summary.columns().lines());
    lines.addAll(summary.notes());
    return String.join(System.lineSeparator(), lines);
  }

  /** The same for programs. */
  static Map<String, Object> json(FitOutcome fit, String next) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", fit.run());
    json.put("metric", fit.summary().metric());
    json.put("regressor", fit.report().model().regressor());
    json.put("explained", fit.summary().explains());
    json.put("evaluations", fit.report().model().evaluations());
    json.put("coverage", fit.report().model().coverage());
    json.put("summary", fit.summary());
    json.put("next", next);
    return json;
  }

  /** What to do next, by the commands that do it. */
  static String next(FitOutcome fit, FitColumns asked, Advice advice) {
    FitSummary summary = fit.summary();
    List<String> steps = new ArrayList<>();
    advice
        .exposure()
        .filter(column -> asked.per().isEmpty())
        .ifPresent(
            column ->
                steps.add(
                    "anvil fit --per \"%s\", since %s explains most of %s"
                        .formatted(column, column, summary.metric())));
    if (summary.skill().isEmpty()) {
      steps.add("anvil predict PICTURE names the most similar posts and their metric");
    } else if (summary.explains()) {
      steps.add("anvil study measures the effects of elements");
      steps.add("anvil predict PICTURE predicts how a new picture will do");
    } else {
      needed(summary.skill(), fit.report().posts().size()).ifPresent(steps::add);
      if (!summary.columns().ignored().isEmpty() && asked.features().isEmpty()) {
        steps.add("anvil fit --features COLUMN,... with columns that matter but are ignored now");
      }
      steps.add(
          "anvil study, which can still find effects of elements from the labels of" + " posts");
    }
    return "Next: " + String.join("; ", steps) + ".";
  }

  /** How many posts would show what the model seems to explain; an interval narrows by its root. */
  private static Optional<String> needed(Optional<Skill> skill, int posts) {
    return skill
        .map(Skill::r2)
        .filter(r2 -> r2.point() >= .01 && r2.low() <= 0)
        .map(
            r2 -> {
              double times = Math.pow((r2.point() - r2.low()) / r2.point(), 2);
              return String.format(
                  Locale.ROOT,
                  "about %.0f posts in all, if what it seems to explain is real",
                  rounded(Math.max(posts * times, posts + 1.0)));
            });
  }

  /** To two digits. */
  private static double rounded(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    return Math.ceil(value / unit) * unit;
  }
}
