package dev.anvil.diffusion;

import java.util.List;

/**
 * What the schedulers share whose latents keep the variance 1: no scaling, plain noise at start.
 */
abstract class VariancePreserving implements Scheduler {
  private final List<Double> timesteps;

  VariancePreserving(List<Double> timesteps) {
    this.timesteps = List.copyOf(timesteps);
  }

  /** Share of the clean latent's variance before a step. */
  abstract double alpha(int step);

  @Override
  public final List<Double> timesteps() {
    return timesteps;
  }

  @Override
  public final double initialSigma() {
    return 1;
  }

  @Override
  public final float[] scaled(float[] latent, int step) {
    return latent;
  }

  @Override
  public final float[] noised(float[] clean, float[] noise, int step) {
    if (step == timesteps.size()) {
      return clean;
    }
    double alpha = alpha(step);
    return Latents.mix(Math.sqrt(alpha), clean, Math.sqrt(1 - alpha), noise);
  }
}
