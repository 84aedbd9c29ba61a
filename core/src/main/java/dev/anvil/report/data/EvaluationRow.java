package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import java.util.Optional;

/**
 * One regressor on one split (the paper's Table I), on the scale of the target.
 *
 * @param regressor its name
 * @param split {@code random}, {@code temporal} or {@code grouped}
 * @param trained posts learnt from
 * @param tested posts predicted
 * @param rmse root mean squared error
 * @param r2 share of variance explained
 * @param mae mean absolute error
 * @param spearman rank correlation; empty where all predictions are equal
 * @param pairAccuracy share of pairs within a month that are put in the right order
 */
public record EvaluationRow(
    String regressor,
    String split,
    int trained,
    int tested,
    Interval rmse,
    Interval r2,
    Interval mae,
    Optional<Interval> spearman,
    Optional<Interval> pairAccuracy) {
  public EvaluationRow {
    requireNonNull(regressor, "regressor is null");
    requireNonNull(split, "split is null");
    Require.notNegative(trained, "trained");
    Require.notNegative(tested, "tested");
    requireNonNull(rmse, "rmse is null");
    requireNonNull(r2, "r2 is null");
    requireNonNull(mae, "mae is null");
    requireNonNull(spearman, "spearman is null");
    requireNonNull(pairAccuracy, "pairAccuracy is null");
  }
}
