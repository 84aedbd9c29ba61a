package dev.anvil.engine.outcome;

import dev.anvil.report.data.ModelReport;
import java.util.Optional;

/**
 * A fitted model.
 *
 * @param encoder as it was asked for
 * @param report how well it predicts
 * @param baselines what tags are worth, where it was asked for
 */
public record FitOutcome(
    long run, String encoder, ModelReport report, Optional<TagBaselines> baselines)
    implements Outcome {}
