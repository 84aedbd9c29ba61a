package dev.anvil.engine.outcome;

import dev.anvil.Problem;
import dev.anvil.report.data.FitSummary;
import dev.anvil.report.data.ModelReport;
import java.util.List;
import java.util.Optional;

/**
 * A fitted model.
 *
 * @param encoder as it was asked for
 * @param report how well it predicts
 * @param summary the same in words
 * @param baselines what tags are worth, where it was asked for
 * @param leftOut pictures that could not be looked at, whose posts were not learned from
 */
public record FitOutcome(
    long run,
    String encoder,
    ModelReport report,
    FitSummary summary,
    Optional<TagBaselines> baselines,
    List<Problem> leftOut)
    implements Outcome {
  public FitOutcome {
    leftOut = List.copyOf(leftOut);
  }
}
