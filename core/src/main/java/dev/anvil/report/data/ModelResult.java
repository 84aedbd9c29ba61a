package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How well regressors predict posts that they have not seen.
 *
 * @param regressor name of the one that scored the variants
 * @param evaluations regressors by splits, in the order of the table
 * @param coverage of the conformal prediction intervals, where they were made
 */
public record ModelResult(
    String regressor, List<EvaluationRow> evaluations, Optional<Coverage> coverage) {
  public ModelResult {
    requireNonNull(regressor, "regressor is null");
    evaluations = List.copyOf(evaluations);
    requireNonNull(coverage, "coverage is null");
  }

  /**
   * How often prediction intervals held the measured metric.
   *
   * @param aim share that they should hold, for example .9
   * @param achieved share that they held
   * @param posts on which it was counted
   */
  public record Coverage(double aim, double achieved, int posts) {
    public Coverage {
      Require.share(aim, "aim");
      Require.share(achieved, "achieved");
      Require.notNegative(posts, "posts");
    }
  }
}
