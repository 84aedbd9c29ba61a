package dev.anvil.diffusion;

import java.util.Arrays;

/**
 * How noisy a latent is at each training step (docs/model-contracts.md section 5.6).
 *
 * @param alphas share of the clean latent's variance that is left, falling from nearly 1 to nearly
 *     0
 * @param sigmas standard deviation of the noise against a clean latent of full scale, rising
 */
record NoiseTable(double[] alphas, double[] sigmas) {
  /** The table of per-step noise variances. */
  static NoiseTable of(double[] betas) {
    double[] alphas = new double[betas.length];
    double[] sigmas = new double[betas.length];
    double product = 1;
    for (int i = 0; i < betas.length; i++) {
      product *= 1 - betas[i];
      alphas[i] = product;
      sigmas[i] = Math.sqrt((1 - product) / product);
    }
    return new NoiseTable(alphas, sigmas);
  }

  int size() {
    return alphas.length;
  }

  /** The noise at a step that may lie between two of the table. */
  double sigma(double step) {
    int low = (int) Math.min(size() - 1, Math.floor(step));
    int high = Math.min(size() - 1, low + 1);
    return sigmas[low] + (step - low) * (sigmas[high] - sigmas[low]);
  }

  /** The step of that noise, between two of the table by the noise's logarithm. */
  double stepOf(double sigma) {
    int found = Arrays.binarySearch(sigmas, sigma);
    int low = Math.max(0, Math.min(size() - 2, found >= 0 ? found : -found - 2));
    double from = Math.log(sigmas[low]);
    double to = Math.log(sigmas[low + 1]);
    double share = (Math.log(Math.max(1e-10, sigma)) - from) / (to - from);
    return low + Math.max(0, Math.min(1, share));
  }

  /**
   * Noise levels that fall evenly in their seventh root (Karras et al. 2022), from {@code most} to
   * {@code least}.
   */
  static double[] karras(double most, double least, int steps) {
    double from = Math.pow(most, 1 / 7.);
    double to = Math.pow(least, 1 / 7.);
    double[] out = new double[steps];
    for (int i = 0; i < steps; i++) {
      out[i] = Math.pow(from + (double) i / Math.max(1, steps - 1) * (to - from), 7);
    }
    return out;
  }
}
