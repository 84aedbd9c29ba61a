package dev.anvil.engine.request;

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
