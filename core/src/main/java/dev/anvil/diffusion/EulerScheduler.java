package dev.anvil.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Euler's steps along the noise level (Karras et al. 2022, Algorithm 2 without churn); ancestral:
 * each step goes too far and noise is added again, drawn once a step.
 */
final class EulerScheduler implements Scheduler {
  private final SchedulerConfig config;
  private final boolean ancestral;
  private final List<Double> timesteps;
  private final List<Double> sigmas;
  private final double initialSigma;

  EulerScheduler(SchedulerConfig config, int steps, double strength, boolean ancestral) {
    this.config = config;
    this.ancestral = ancestral;
    double[] times = config.spread(steps);
    double[] levels = Arrays.stream(times).map(config.noise()::sigma).toArray();
    if (config.karras() && !ancestral) {
      levels = NoiseTable.karras(levels[0], levels[steps - 1], steps);
      times = Arrays.stream(levels).map(config.noise()::stepOf).toArray();
    }
    initialSigma =
        config.spacing() == Spacing.LEADING ? Math.sqrt(levels[0] * levels[0] + 1) : levels[0];
    timesteps = config.cut(times, steps, strength);
    sigmas = new ArrayList<>(config.cut(levels, steps, strength));
    sigmas.add(ancestral ? 0 : config.finalSigma());
  }

  @Override
  public List<Double> timesteps() {
    return timesteps;
  }

  @Override
  public double initialSigma() {
    return initialSigma;
  }

  @Override
  public float[] scaled(float[] latent, int step) {
    return Latents.times(1 / Math.hypot(sigmas.get(step), 1), latent);
  }

  @Override
  public float[] step(float[] latent, float[] output, int step, Supplier<float[]> noise) {
    double sigma = sigmas.get(step);
    double next = sigmas.get(step + 1);
    double up = ancestral ? next * Math.sqrt(sigma * sigma - next * next) / sigma : 0;
    double down = Math.sqrt(next * next - up * up);
    double a = 1 / Math.hypot(sigma, 1);
    double b = sigma * a;
    float[] out = new float[latent.length];
    for (int i = 0; i < out.length; i++) {
      double clean = config.prediction().clean(latent[i] * a, output[i], a, b);
      out[i] = (float) (latent[i] + (latent[i] - clean) / sigma * (down - sigma));
    }
    return ancestral ? Latents.mix(1, out, up, noise.get()) : out;
  }

  @Override
  public float[] noised(float[] clean, float[] noise, int step) {
    return step == timesteps.size() ? clean : Latents.mix(1, clean, sigmas.get(step), noise);
  }
}
