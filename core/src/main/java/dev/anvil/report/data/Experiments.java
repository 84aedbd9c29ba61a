package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.PlantResult;
import dev.anvil.tags.TagEffect;
import java.util.List;

/**
 * What was tried on a study's model besides the study: effects planted, how much of effects comes
 * back, and what tags say without any edit.
 *
 * @param plantings one per characteristic; may be empty
 * @param calibrations of the study's contrasts; empty where it was not calibrated
 * @param tags by method; empty where the model was fitted without baselines
 */
public record Experiments(
    List<PlantResult> plantings, List<Calibration> calibrations, List<Tags> tags) {
  /** Nothing was tried. */
  public static final Experiments NONE = new Experiments(List.of(), List.of(), List.of());

  /** What one method reads off tags, the same contrasts for each. */
  public record Tags(String method, List<TagEffect> effects) {
    public Tags {
      requireNonNull(method, "method is null");
      effects = List.copyOf(effects);
    }
  }

  public Experiments {
    plantings = List.copyOf(plantings);
    calibrations = List.copyOf(calibrations);
    tags = List.copyOf(tags);
  }

  public boolean isEmpty() {
    return plantings.isEmpty() && calibrations.isEmpty() && tags.isEmpty();
  }
}
