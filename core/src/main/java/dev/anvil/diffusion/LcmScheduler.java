package dev.anvil.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Latent consistency models (Luo et al. 2023): each step jumps to the end, then goes back with new
 * noise, drawn after every step but the last.
 */
final class LcmScheduler extends VariancePreserving {
  /** Standard deviation of the data, as trained. */
  private static final double DATA = .5;

  private final SchedulerConfig config;

  LcmScheduler(SchedulerConfig config, int steps, double strength) {
    super(timesteps(config, steps, strength));
    this.config = config;
  }

  /** Picked evenly from the schedule of the distillation, of which strength leaves a part. */
  private static List<Double> timesteps(SchedulerConfig config, int steps, double strength) {
    int stride = config.trainSteps() / config.originalSteps();
    int length = (int) (config.originalSteps() * strength);
    SchedulerConfig.requireSteps(steps, strength, length);
    List<Double> out = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      int index = (int) (i * ((double) length / steps));
      out.add((double) (length - index) * stride - 1);
    }
    return out;
  }

  @Override
  double alpha(int step) {
    return config.alpha(timesteps().get(step));
  }

  @Override
  public float[] step(float[] latent, float[] output, int step, Supplier<float[]> noise) {
    double a = Math.sqrt(alpha(step));
    double b = Math.sqrt(1 - alpha(step));
    double time = timesteps().get(step) * config.timestepScaling();
    double skip = DATA * DATA / (time * time + DATA * DATA);
    double taken = time / Math.hypot(time, DATA);
    float[] out = new float[latent.length];
    for (int i = 0; i < out.length; i++) {
      double clean = config.clipped(config.prediction().clean(latent[i], output[i], a, b));
      out[i] = (float) (taken * clean + skip * latent[i]);
    }
    return step == timesteps().size() - 1 ? out : noised(out, noise.get(), step + 1);
  }
}
