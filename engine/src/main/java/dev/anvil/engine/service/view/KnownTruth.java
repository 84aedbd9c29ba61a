package dev.anvil.engine.service.view;

import dev.anvil.report.ReportBuilder;
import dev.anvil.study.StudyResult;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known besides, of a simulated campaign.
 *
 * @param effects the true ones
 * @param exact the study on exact counterfactuals
 */
public record KnownTruth(ReportBuilder.Truth effects, Optional<StudyResult> exact) {
  /** Nothing, as of a real campaign. */
  public static final KnownTruth NONE =
      new KnownTruth(effect -> OptionalDouble.empty(), Optional.empty());
}
