package dev.anvil.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** DPM-Solver++ (Lu et al. 2022) of second order, multi-step, midpoint. */
final class DpmScheduler extends VariancePreserving {
  /** Runs shorter than this end with a step of first order. */
  private static final int SHORT = 15;

  private final SchedulerConfig config;
  private final List<Double> sigmas;
  private final boolean firstOrderAtEnd;
  private float[] lastClean = {};

  DpmScheduler(SchedulerConfig config, int steps, double strength) {
    this(config, levels(config, steps), steps, strength);
  }

  private DpmScheduler(SchedulerConfig config, double[] levels, int steps, double strength) {
    super(config.cut(times(config, levels, steps), steps, strength));
    this.config = config;
    sigmas = new ArrayList<>(config.cut(levels, steps, strength));
    sigmas.add(config.finalSigma());
    firstOrderAtEnd =
        config.eulerAtFinal()
            || config.finalSigma() == 0
            || (config.lowerOrderFinal() && steps < SHORT);
  }

  private static double[] levels(SchedulerConfig config, int steps) {
    NoiseTable noise = config.noise();
    return config.karras()
        ? NoiseTable.karras(noise.sigma(noise.size() - 1.0), noise.sigma(0), steps)
        : Arrays.stream(whole(config, steps)).map(noise::sigma).toArray();
  }

  private static double[] times(SchedulerConfig config, double[] levels, int steps) {
    return config.karras()
        ? Arrays.stream(levels).map(s -> Math.rint(config.noise().stepOf(s))).toArray()
        : whole(config, steps);
  }

  /** Of one timestep more than asked for, the last is left out; trailing has it past the end. */
  private static double[] whole(SchedulerConfig config, int steps) {
    return config.spacing() == Spacing.TRAILING
        ? config.rounded(steps)
        : Arrays.copyOf(config.rounded(steps + 1), steps);
  }

  @Override
  double alpha(int step) {
    return 1 / (sigmas.get(step) * sigmas.get(step) + 1);
  }

  @Override
  public float[] step(float[] latent, float[] output, int step, Supplier<float[]> noise) {
    double a = Math.sqrt(alpha(step));
    double b = sigmas.get(step) * a;
    float[] clean = new float[latent.length];
    for (int i = 0; i < clean.length; i++) {
      clean[i] = (float) config.prediction().clean(latent[i], output[i], a, b);
    }
    double next = sigmas.get(step + 1);
    double nextA = 1 / Math.hypot(next, 1);
    // half the logarithmic signal-to-noise ratio is -log sigma; its growth is without end at sigma
    // 0
    double h = Math.log(sigmas.get(step) / next);
    float[] slope = clean;
    boolean last = step == timesteps().size() - 1;
    if (step > 0 && !(last && firstOrderAtEnd)) {
      double ratio = Math.log(sigmas.get(step - 1) / sigmas.get(step)) / h;
      slope = Latents.mix(1 + .5 / ratio, clean, -.5 / ratio, lastClean);
    }
    lastClean = clean;
    return Latents.mix(next * nextA / b, latent, -nextA * Math.expm1(-h), slope);
  }
}
