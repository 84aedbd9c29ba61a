package dev.anvil.diffusion;

import java.util.function.Supplier;

/** Song, Meng and Ermon (2021), without noise of its own (eta 0). */
final class DdimScheduler extends VariancePreserving {
  private final SchedulerConfig config;
  private final int stride;

  DdimScheduler(SchedulerConfig config, int steps, double strength) {
    super(config.cut(config.rounded(steps), steps, strength));
    this.config = config;
    this.stride = config.trainSteps() / steps;
  }

  @Override
  double alpha(int step) {
    return config.alpha(timesteps().get(step));
  }

  @Override
  public float[] step(float[] latent, float[] output, int step, Supplier<float[]> noise) {
    double alpha = alpha(step);
    double a = Math.sqrt(alpha);
    double b = Math.sqrt(1 - alpha);
    double next = config.alpha(timesteps().get(step) - stride);
    double nextA = Math.sqrt(next);
    double nextB = Math.sqrt(1 - next);
    float[] out = new float[latent.length];
    for (int i = 0; i < out.length; i++) {
      double clean = config.clipped(config.prediction().clean(latent[i], output[i], a, b));
      out[i] =
          (float) (nextA * clean + nextB * config.prediction().noise(latent[i], output[i], a, b));
    }
    return out;
  }
}
