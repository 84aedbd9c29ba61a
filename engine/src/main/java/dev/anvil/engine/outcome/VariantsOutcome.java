package dev.anvil.engine.outcome;

import dev.anvil.study.variant.ScoredVariant;
import java.util.List;

/**
 * The variants of a study.
 *
 * @param model run of the fit whose model scored them
 * @param variants in the study's order, invalid ones among them
 */
public record VariantsOutcome(long run, long model, List<ScoredVariant> variants)
    implements Outcome {
  public VariantsOutcome {
    variants = List.copyOf(variants);
  }
}
