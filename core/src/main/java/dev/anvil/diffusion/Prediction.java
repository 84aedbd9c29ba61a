package dev.anvil.diffusion;

/**
 * What a diffusion network's output means, for a latent x = a z + b n of a clean latent z and noise
 * n, with a² + b² = 1 (docs/model-contracts.md section 5.7).
 */
enum Prediction {
  /** The noise n. */
  EPSILON {
    @Override
    double clean(double x, double output, double a, double b) {
      return (x - b * output) / a;
    }

    @Override
    double noise(double x, double output, double a, double b) {
      return output;
    }
  },
  /** The velocity a n - b z (Salimans and Ho 2022). */
  V_PREDICTION {
    @Override
    double clean(double x, double output, double a, double b) {
      return a * x - b * output;
    }

    @Override
    double noise(double x, double output, double a, double b) {
      return a * output + b * x;
    }
  },
  /** The clean latent z. */
  SAMPLE {
    @Override
    double clean(double x, double output, double a, double b) {
      return output;
    }

    @Override
    double noise(double x, double output, double a, double b) {
      return (x - a * output) / b;
    }
  };

  /** The clean latent. */
  abstract double clean(double x, double output, double a, double b);

  /** The noise. */
  abstract double noise(double x, double output, double a, double b);
}
