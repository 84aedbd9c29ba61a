package dev.anvil.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Liu et al. (2022), pseudo linear multi-step without the Runge-Kutta warm-up ({@code
 * skip_prk_steps}). The second timestep is visited twice, so that a run of n steps calls the
 * network n + 1 times.
 */
final class PndmScheduler extends VariancePreserving {
  private static final double[][] WEIGHTS = {
    {1},
    {3 / 2., -1 / 2.},
    {23 / 12., -16 / 12., 5 / 12.},
    {55 / 24., -59 / 24., 37 / 24., -9 / 24.}
  };

  private final SchedulerConfig config;
  private final int stride;
  private final List<float[]> outputs = new ArrayList<>();
  private float[] start = {};

  PndmScheduler(SchedulerConfig config, int steps, double strength) {
    super(config.cut(doubled(config.rounded(steps)), steps, strength));
    this.config = config;
    this.stride = config.trainSteps() / steps;
  }

  private static double[] doubled(double[] timesteps) {
    if (timesteps.length < 2) {
      return timesteps;
    }
    double[] out = new double[timesteps.length + 1];
    System.arraycopy(timesteps, 0, out, 0, 2);
    System.arraycopy(timesteps, 1, out, 2, timesteps.length - 1);
    return out;
  }

  @Override
  double alpha(int step) {
    return config.alpha(timesteps().get(step));
  }

  @Override
  public float[] step(float[] latent, float[] output, int step, Supplier<float[]> noise) {
    double t = timesteps().get(step);
    if (step == 1) {
      // the first step once more, with the mean of the slopes at both of its ends
      return transfer(start, Latents.mix(.5, output, .5, outputs.get(0)), t + stride, t);
    }
    if (step == 0) {
      start = latent;
    }
    outputs.add(0, output);
    double[] weights = WEIGHTS[Math.min(outputs.size(), WEIGHTS.length) - 1];
    float[] mean = Latents.times(weights[0], output);
    for (int k = 1; k < weights.length; k++) {
      mean = Latents.mix(1, mean, weights[k], outputs.get(k));
    }
    if (outputs.size() == WEIGHTS.length) {
      outputs.remove(WEIGHTS.length - 1);
    }
    return transfer(latent, mean, t, t - stride);
  }

  /** From one timestep to another along a constant noise. */
  private float[] transfer(float[] latent, float[] output, double from, double to) {
    double alpha = config.alpha(from);
    double next = config.alpha(to);
    double a = Math.sqrt(alpha);
    double b = Math.sqrt(1 - alpha);
    double kept = Math.sqrt(next / alpha);
    double denoised =
        (next - alpha) / (alpha * Math.sqrt(1 - next) + Math.sqrt(alpha * (1 - alpha) * next));
    float[] out = new float[latent.length];
    for (int i = 0; i < out.length; i++) {
      double epsilon = config.prediction().noise(latent[i], output[i], a, b);
      out[i] = (float) (kept * latent[i] - denoised * epsilon);
    }
    return out;
  }
}
