package dev.anvil.stats;

import java.util.stream.DoubleStream;

/**
 * Variances of one cell of sources by refits, each cut off at 0.
 *
 * <p>Model: cell = mean + source + refit + interaction, all random and independent.
 */
record CrossedComponents(double source, double refit, double interaction, int interactionDf) {

  /**
   * Squares within sources hold refits and interaction only, and the residual of the additive fit
   * holds the interaction only, whichever cells are missing (Henderson's third method, 1953,
   * Biometrics 9, 226). The variance of the source means, less what these two put into it, is left
   * to the sources, as each source weighs the same in the mean.
   */
  static CrossedComponents of(CrossedMean mean) {
    CrossedFit fit = mean.fit();
    int n = mean.sources();
    int df = fit.additiveResidualDf();
    double interaction = df > 0 ? fit.additiveResidual() / df : 0;
    double betweenMeans = squares(mean.sourceMeans());
    double refit =
        fit.count() > n
            ? fit.withinSources() / (fit.count() - n) - interaction
            : refitOneWay(fit, mean.refits(), betweenMeans);
    refit = Math.max(0, refit);
    double perSourceCell = n * mean.squaredCellWeights();
    double refitsBetweenSources = n * (perSourceCell - mean.squaredRefitWeights()) / (n - 1);
    double source =
        betweenMeans / (n - 1) - refit * refitsBetweenSources - interaction * perSourceCell;
    return new CrossedComponents(Math.max(0, source), refit, interaction, Math.max(1, df));
  }

  /** Each source seen by one refit only: one-way analysis of variance. */
  private static double refitOneWay(CrossedFit fit, int refits, double total) {
    int count = fit.count();
    if (refits == 1 || count == refits) {
      return 0;
    }
    double within = fit.withinRefits() / (count - refits);
    return (total - (count - 1) * within) / (count - fit.squaredRefitCounts() / count);
  }

  private static double squares(double[] values) {
    double mean = Descriptive.mean(values);
    return DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
  }
}
