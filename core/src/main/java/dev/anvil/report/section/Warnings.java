package dev.anvil.report.section;

import dev.anvil.report.data.EditCheckRow;
import dev.anvil.report.data.ModelResult;
import dev.anvil.report.data.ReportData;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a reader must know before trusting the results. */
public final class Warnings {
  private static final double LOW_R2 = .1;
  private static final int FEW_CREATIVES = 10;

  private Warnings() {}

  /** The report's own warnings, then those that came with the data. */
  public static List<String> of(ReportData data) {
    List<String> warnings = new ArrayList<>();
    for (Effect placebo : data.placebos()) {
      if (failed(placebo)) {
        warnings.add(
            "A placebo failed: %s should have no effect, but the estimate is %s (%s). Do not trust effects of this size."
                .formatted(
                    placebo.level(),
                    Words.change(placebo.relative().point()),
                    Words.range(placebo.relative())));
      }
    }
    for (EditCheckRow check : data.editChecks()) {
      if (!check.passed()) {
        warnings.add(
            "The edit to %s %s failed its check: %s."
                .formatted(check.factor(), check.level(), check.reason()));
      }
    }
    data.model().ifPresent(model -> poorModel(model, warnings));
    int creatives = data.heading().creatives();
    if (!data.effects().isEmpty() && creatives < FEW_CREATIVES) {
      warnings.add(
          "Only %s edited. With so few, the intervals themselves are uncertain."
              .formatted(
                  creatives == 1 ? "1 creative was" : Words.count(creatives) + " creatives were"));
    }
    warnings.addAll(data.warnings());
    return warnings;
  }

  /** Whether a contrast that ought to be nil was found to be something. */
  static boolean failed(Effect placebo) {
    return placebo.verdict().claims();
  }

  private static void poorModel(ModelResult model, List<String> warnings) {
    // the headline says it of a model that explains nothing
    boolean said = model.skill().filter(skill -> !skill.shows()).isPresent();
    model.evaluations().stream()
        .filter(evaluation -> !said)
        .filter(evaluation -> evaluation.regressor().equals(model.regressor()))
        .min(Comparator.comparingDouble(evaluation -> evaluation.r2().point()))
        .filter(evaluation -> evaluation.r2().point() < LOW_R2)
        .ifPresent(
            evaluation ->
                warnings.add(
                    "The model explains little of the metric: R\u00b2 is %s on the %s split. Effects are probably underestimated, and some may be missed."
                        .formatted(Words.decimal(evaluation.r2().point()), evaluation.split())));
    model
        .coverage()
        .filter(ModelResult.Coverage::fellShort)
        .ifPresent(
            coverage ->
                warnings.add(
                    "Prediction intervals covered %s of the %sposts instead of %s. %s"
                        .formatted(
                            Words.percent(coverage.achieved()),
                            coverage.newest() ? "newest " : "",
                            Words.percent(coverage.aim()),
                            coverage.newest()
                                ? "The newest posts differ from older ones."
                                : "Posts differ more than the model expects.")));
  }
}
