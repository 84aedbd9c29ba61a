package dev.anvil.cli;

import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.report.data.EvaluationRow;
import dev.anvil.report.data.ModelResult;
import dev.anvil.stats.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How well regressors predict with each of several encoders: the paper's Table I. */
final class EncoderTable {
  private EncoderTable() {}

  /**
   * A fit with one encoder.
   *
   * @param encoder as it was asked for
   * @param run that holds the fit
   * @param model how well regressors predict
   */
  record Row(String encoder, long run, ModelResult model) {
    static Row of(FitOutcome fit) {
      return new Row(fit.encoder(), fit.run(), fit.report().model());
    }

    /** The error of the regressor in use on groups that it was not trained on. */
    private double error() {
      return model.evaluations().stream()
          .filter(
              e ->
                  e.split().equals(model.choosingSplit())
                      && e.regressor().equals(model.regressor()))
          .mapToDouble(e -> e.rmse().point())
          .findFirst()
          .orElse(Double.POSITIVE_INFINITY);
    }
  }

  /** The fit with the smallest error; of equal ones the first. */
  static Row best(List<Row> rows) {
    return rows.stream().min(Comparator.comparingDouble(Row::error)).orElseThrow();
  }

  static String text(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      for (EvaluationRow e : row.model().evaluations()) {
        if (e.split().equals(row.model().choosingSplit())) {
          lines.add(
              List.of(row.encoder(), e.regressor(), show(e.rmse()), show(e.r2()), show(e.mae())));
        }
      }
    }
    Row best = best(rows);
    return Tables.text(List.of("encoder", "regressor", "RMSE", "R2", "MAE"), lines)
        + ("On pictures unlike those in the training set; --json has the other"
                + " splits.%nStudies and predictions use run %d now: %s with %s, which has the"
                + " smallest RMSE.%nTo use another one: anvil fit --encoder NAME.")
            .formatted(best.run(), best.encoder(), best.model().regressor());
  }

  static String show(Interval i) {
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", i.point(), i.low(), i.high());
  }
}
