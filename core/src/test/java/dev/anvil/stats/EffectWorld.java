package dev.anvil.stats;

import java.util.SplittableRandom;

/**
 * Draws differences {@code [source][seed][refit]} of known mean 0 and known variances.
 *
 * @param source standard deviation between sources; likewise the others
 * @param skewed whether sources follow a centred exponential distribution instead of a normal one
 */
record EffectWorld(
    int sources,
    int seeds,
    int refits,
    double source,
    double seed,
    double refit,
    double interaction,
    boolean skewed,
    Gaps gaps) {

  /** Which refits have not seen a source. */
  enum Gaps {
    NONE,
    /** Each refit leaves out a random 37 % of sources, as bootstrap samples do. */
    OUT_OF_BAG,
    /** Source i is scored by the refits whose number is i modulo 5. */
    FOLDS
  }

  double[][][] draw(SplittableRandom random) {
    double[] common = new double[refits];
    for (int r = 0; r < refits; r++) {
      common[r] = refit * normal(random);
    }
    double[][][] d = new double[sources][seeds][refits];
    for (int i = 0; i < sources; i++) {
      double ofSource = source * (skewed ? exponential(random) - 1 : normal(random));
      double[] ofCell = new double[refits];
      for (int r = 0; r < refits; r++) {
        ofCell[r] = scored(i, r, random) ? interaction * normal(random) : Double.NaN;
      }
      for (int s = 0; s < seeds; s++) {
        double ofSeed = seed * normal(random);
        for (int r = 0; r < refits; r++) {
          d[i][s][r] = ofSource + ofSeed + common[r] + ofCell[r];
        }
      }
    }
    return d;
  }

  private boolean scored(int i, int r, SplittableRandom random) {
    return switch (gaps) {
      case NONE -> true;
      case OUT_OF_BAG -> random.nextDouble() < .37;
      case FOLDS -> r % 5 == i % 5;
    };
  }

  /** Box and Muller 1958. */
  static double normal(SplittableRandom random) {
    return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static double exponential(SplittableRandom random) {
    return -Math.log(random.nextDouble(1e-15, 1));
  }
}
