package dev.anvil.stats;

/**
 * What the variance of a mean over sources, seeds and refits is made of: its parts add up.
 *
 * @param source from sources that differ; falls with the number of sources
 * @param seed from seeds within sources; falls with the number of sources; 0 when there is one
 *     seed, whose variance is then part of {@code source}
 * @param refit from refits that move all sources alike; does not fall with the number of sources
 * @param interaction from refits that move sources unlike; falls with the number of sources
 * @param training from the posts that the model happened to learn from, and from edits that move
 *     the model otherwise than posts do; does not fall with the number of sources; 0 where it was
 *     not looked at
 * @param sources number of them, at least 2
 * @param refits number of them, at least 1
 * @param interactionDf degrees of freedom of the interaction, at least 1
 * @param trainingDf degrees of freedom of the training variance, at least 1
 */
public record MeanVariance(
    double source,
    double seed,
    double refit,
    double interaction,
    double training,
    int sources,
    int refits,
    int interactionDf,
    double trainingDf) {
  public MeanVariance {
    if (!(source >= 0 && seed >= 0 && refit >= 0 && interaction >= 0 && training >= 0)) {
      throw new IllegalArgumentException(
          "variances %s %s %s %s %s; expected none below 0"
              .formatted(source, seed, refit, interaction, training));
    }
    if (sources < 2 || refits < 1 || interactionDf < 1 || !(trainingDf >= 1)) {
      throw new IllegalArgumentException(
          "%d sources, %d refits, %d and %s degrees of freedom; expected at least 2, 1, 1, 1"
              .formatted(sources, refits, interactionDf, trainingDf));
    }
  }

  public double total() {
    return source + seed + refit + interaction + training;
  }

  public double standardError() {
    return Math.sqrt(total());
  }

  /**
   * Of the total, after Satterthwaite (1946). The total is the mean square of sources, plus that of
   * refits, minus that of the interaction, plus the training variance; without a refit component
   * the second and third are left out.
   */
  public double degreesOfFreedom() {
    double ofSources = source + seed + interaction;
    double spread = ofSources * ofSources / (sources - 1) + training * training / trainingDf;
    if (refit > 0) {
      double ofRefits = refit + interaction;
      spread += ofRefits * ofRefits / (refits - 1) + interaction * interaction / interactionDf;
    }
    return spread > 0 ? total() * total() / spread : sources - 1;
  }

  /**
   * With the variance that the choice of training posts adds.
   *
   * @param resampled the same mean by models of resampled posts, one per resample; none or one adds
   *     nothing
   * @param disagreement further variance that does not fall with the number of sources
   */
  MeanVariance withTraining(double[] resampled, VarianceTerm disagreement) {
    double sd = resampled.length < 2 ? 0 : Descriptive.sd(resampled);
    VarianceTerm term =
        new VarianceTerm(sd * sd, Math.max(1, resampled.length - 1)).plus(disagreement);
    return new MeanVariance(
        source,
        seed,
        refit,
        interaction,
        term.variance(),
        sources,
        refits,
        interactionDf,
        term.degreesOfFreedom());
  }

  /** The variance to be expected of the same design with another number of sources. */
  public MeanVariance withSources(int number) {
    double ratio = (double) sources / number;
    return new MeanVariance(
        source * ratio,
        seed * ratio,
        refit,
        interaction * ratio,
        training,
        number,
        refits,
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, interactionDf / ratio)),
        trainingDf);
  }
}
