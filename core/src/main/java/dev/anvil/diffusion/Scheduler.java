package dev.anvil.diffusion;

import java.util.List;
import java.util.function.Supplier;

/**
 * One run of denoising: which timesteps it visits and how a network's output turns one latent into
 * the next (docs/model-contracts.md section 5.7).
 *
 * <p>Steps are counted from 0 and taken in order, once; a run remembers earlier outputs. Not safe
 * for use from several threads. Arrays given are not written to.
 */
public interface Scheduler {
  /** What the network is told at each step, falling. */
  List<Double> timesteps();

  /** Standard deviation of the noise that a run from nothing starts with. */
  double initialSigma();

  /** What the network is shown of a latent. */
  float[] scaled(float[] latent, int step);

  /**
   * The next latent.
   *
   * @param latent as given by the last step, not scaled
   * @param output of the network, guidance included
   * @param noise draws standard normal numbers, as many as the latent has; only stochastic
   *     schedulers ask
   */
  float[] step(float[] latent, float[] output, int step, Supplier<float[]> noise);

  /**
   * A clean latent with the noise that belongs before a step; after the last step, the clean latent
   * itself.
   *
   * @param step 0 to the number of timesteps
   */
  float[] noised(float[] clean, float[] noise, int step);
}
