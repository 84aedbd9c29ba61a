package dev.anvil.diffusion;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a {@code scheduler_config.json} says (docs/model-contracts.md section 5.6), read by {@link
 * SchedulerConfigReader}.
 *
 * @param stepsOffset added to timesteps of leading spacing
 * @param alphaToOne whether the step after the last one is without any noise
 * @param clip largest value of a clean latent; infinite where nothing is clipped
 * @param karras whether noise levels follow Karras et al. (2022)
 * @param lowerOrderFinal whether short runs of DPM-Solver++ end with a step of first order
 * @param eulerAtFinal whether all do
 * @param sigmaMinLast whether the last noise level is the table's smallest instead of 0
 * @param originalSteps of the schedule that LCM was distilled on
 * @param timestepScaling of LCM's boundary condition
 */
record SchedulerConfig(
    SchedulerKind kind,
    NoiseTable noise,
    Prediction prediction,
    Spacing spacing,
    int stepsOffset,
    boolean alphaToOne,
    double clip,
    boolean karras,
    boolean lowerOrderFinal,
    boolean eulerAtFinal,
    boolean sigmaMinLast,
    int originalSteps,
    double timestepScaling) {
  SchedulerConfig {
    requireNonNull(kind, "kind is null");
    requireNonNull(noise, "noise is null");
    requireNonNull(prediction, "prediction is null");
    requireNonNull(spacing, "spacing is null");
  }

  /**
   * A run.
   *
   * @param steps at least 1
   * @param strength share of the run that is carried out, above 0 and at most 1: 1 from pure noise,
   *     less from a picture
   * @throws InvalidInputException when no step is left, or when there are more than the scheduler
   *     has
   */
  Scheduler run(int steps, double strength) {
    if (steps < 1 || steps > trainSteps() / 2) {
      throw new InvalidInputException(
          "steps", "found %d; expected 1 to %d".formatted(steps, trainSteps() / 2));
    }
    if (!(strength > 0 && strength <= 1)) {
      throw new InvalidInputException(
          "strength", "found %s; expected a number above 0 and at most 1".formatted(strength));
    }
    return switch (kind) {
      case DDIM -> new DdimScheduler(this, steps, strength);
      case PNDM -> new PndmScheduler(this, steps, strength);
      case EULER -> new EulerScheduler(this, steps, strength, false);
      case EULER_ANCESTRAL -> new EulerScheduler(this, steps, strength, true);
      case DPMPP_2M -> new DpmScheduler(this, steps, strength);
      case LCM -> new LcmScheduler(this, steps, strength);
    };
  }

  int trainSteps() {
    return noise.size();
  }

  /** Share of the clean latent's variance at a timestep; before the first one, that of the end. */
  double alpha(double timestep) {
    return timestep < 0 ? alphaToOne ? 1 : noise.alphas()[0] : noise.alphas()[(int) timestep];
  }

  double clipped(double value) {
    return Math.max(-clip, Math.min(clip, value));
  }

  double finalSigma() {
    return sigmaMinLast ? noise.sigma(0) : 0;
  }

  /** Timesteps that may have fractions, falling. */
  double[] spread(int steps) {
    return spacing.timesteps(steps, trainSteps(), stepsOffset);
  }

  /** Whole timesteps, falling. */
  double[] rounded(int steps) {
    return Arrays.stream(spread(steps)).map(Math::rint).toArray();
  }

  /** What strength leaves of a list with an entry for each timestep. */
  List<Double> cut(double[] values, int steps, double strength) {
    int left = Math.min((int) (steps * strength), steps);
    requireSteps(1, strength, left);
    return Arrays.stream(values).skip(steps - left).boxed().collect(Collectors.toList());
  }

  static void requireSteps(int needed, double strength, int found) {
    if (found < needed) {
      throw new InvalidInputException(
          "strength",
          "found %s, which leaves %d steps; expected at least %d, so more strength or another number of steps"
              .formatted(strength, found, needed));
    }
  }
}
