package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.StudyOutcome;

/**
 * Edit elements, score the variants and estimate the effects that a study declares.
 *
 * @param what study and model
 */
public record StudyRequest(StudyOnModel what) implements Request<StudyOutcome> {
  public static final String JOB = "study";

  public StudyRequest {
    requireNonNull(what, "what is null");
  }

  @Override
  public String job() {
    return JOB;
  }
}
