package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.CalibrateOutcome;

/**
 * Plant every contrast of a study at small sizes, to see how much of it the model shows.
 *
 * @param what study and model
 */
public record CalibrateRequest(StudyOnModel what) implements Request<CalibrateOutcome> {
  public static final String JOB = "calibrate";

  public CalibrateRequest {
    requireNonNull(what, "what is null");
  }

  @Override
  public String job() {
    return JOB;
  }
}
