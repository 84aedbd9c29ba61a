package dev.anvil.diffusion;

/**
 * How a run's timesteps are spread over the training steps (docs/model-contracts.md section 5.6;
 * Lin et al. 2023, Table 2).
 */
enum Spacing {
  /** From the last step to the first, both included. */
  LINSPACE,
  /** Whole strides from the first step. */
  LEADING,
  /** Whole strides from the last step. */
  TRAILING;

  /**
   * The timesteps, falling.
   *
   * @param steps how many
   * @param train number of training steps
   * @param offset added by {@link #LEADING}
   */
  double[] timesteps(int steps, int train, int offset) {
    double[] out = new double[steps];
    for (int k = 0; k < steps; k++) {
      int rest = steps - 1 - k;
      out[k] =
          switch (this) {
            case LINSPACE ->
                k == 0 && steps > 1 ? train - 1 : rest * ((train - 1.0) / Math.max(1, steps - 1));
            case LEADING -> (double) rest * Math.floorDiv(train, steps) + offset;
            case TRAILING -> Math.rint(train - k * ((double) train / steps)) - 1;
          };
    }
    return out;
  }
}
