package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.VariantsOutcome;

/**
 * Make, check and score the variants that a study declares, and estimate nothing.
 *
 * @param what study and model
 */
public record VariantsRequest(StudyOnModel what) implements Request<VariantsOutcome> {
  public static final String JOB = "variants";

  public VariantsRequest {
    requireNonNull(what, "what is null");
  }

  @Override
  public String job() {
    return JOB;
  }
}
