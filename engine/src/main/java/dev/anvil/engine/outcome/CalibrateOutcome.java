package dev.anvil.engine.outcome;

import dev.anvil.study.plant.Calibration;
import java.util.List;

/** How much of each contrast the model shows, in the study's order. */
public record CalibrateOutcome(long run, List<Calibration> calibrations) implements Outcome {
  public CalibrateOutcome {
    calibrations = List.copyOf(calibrations);
  }
}
