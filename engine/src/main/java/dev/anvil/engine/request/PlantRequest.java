package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import dev.anvil.engine.outcome.PlantOutcome;
import dev.anvil.study.PlantRunner;

/**
 * Add likes to posts with a characteristic, fit again, and see whether a study finds them.
 *
 * @param what study and model
 * @param plant factor, level, sizes, and how posts with it are found
 */
public record PlantRequest(StudyOnModel what, PlantRunner.Request plant)
    implements Request<PlantOutcome> {
  public static final String JOB = "plant";

  public PlantRequest {
    requireNonNull(what, "what is null");
    requireNonNull(plant, "plant is null");
  }

  @Override
  public String job() {
    return JOB;
  }
}
