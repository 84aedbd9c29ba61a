package dev.anvil.study;

import dev.anvil.predict.FittedModel;
import dev.anvil.predict.RefitEnsemble;
import dev.anvil.study.StudySpec.Factor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of all variants and controls by all refits of one ensemble, and the differences between
 * them.
 */
final class ScoreTable {
  private final FittedModel model;
  private final RefitEnsemble refits;
  private final List<Source> sources;
  private final List<Cell> cells;
  private final boolean[] valid;
  private final double[][] controls;
  private final double[][] variants;

  /**
   * A table of scores.
   *
   * @param valid per cell, whether its edit passed the checks
   * @param controls {@code [refit][source]}
   * @param variants {@code [refit][cell]}
   */
  ScoreTable(
      FittedModel model,
      RefitEnsemble refits,
      List<Source> sources,
      List<Cell> cells,
      boolean[] valid,
      double[][] controls,
      double[][] variants) {
    this.model = model;
    this.refits = refits;
    this.sources = sources;
    this.cells = cells;
    this.valid = valid;
    this.controls = controls;
    this.variants = variants;
  }

  /** One contrast per level of a factor, but for the level that is the reference. */
  List<Differences> differences(Factor factor, boolean placebo) {
    List<String> levels = List.copyOf(factor.levels().keySet());
    double[][][][] scores = scores(factor, levels);
    List<Differences> contrasts = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      if (!levels.get(level).equals(factor.reference())) {
        contrasts.add(differences(factor, levels, level, scores, placebo));
      }
    }
    return contrasts;
  }

  /** Scores by [source][seed][refit][level]; NaN where invalid or seen. */
  private double[][][][] scores(Factor factor, List<String> levels) {
    double[][][][] scores =
        new double[sources.size()][factor.seeds()][refits.size()][levels.size()];
    for (double[][][] bySeed : scores) {
      for (double[][] byRefit : bySeed) {
        for (double[] byLevel : byRefit) {
          Arrays.fill(byLevel, Double.NaN);
        }
      }
    }
    for (int c = 0; c < cells.size(); c++) {
      Cell cell = cells.get(c);
      if (cell.factor().equals(factor) && valid[c]) {
        for (int refit : refits.unseenBy(cell.from().group())) {
          scores[cell.source()][cell.seed()][refit][levels.indexOf(cell.level())] =
              variants[refit][c];
        }
      }
    }
    return scores;
  }

  private Differences differences(
      Factor factor, List<String> levels, int level, double[][][][] scores, boolean placebo) {
    int n = sources.size();
    double[][][] target = new double[n][factor.seeds()][refits.size()];
    double[][][] relative = new double[n][factor.seeds()][refits.size()];
    for (int i = 0; i < n; i++) {
      for (int s = 0; s < factor.seeds(); s++) {
        for (int r = 0; r < refits.size(); r++) {
          double[] byLevel = scores[i][s][r];
          double[] compared = compared(factor, levels, byLevel, controls[r][i]);
          double from = Arrays.stream(compared).average().orElseThrow();
          Source source = sources.get(i);
          double metricFrom =
              Arrays.stream(compared).map(z -> metric(source, z)).average().orElseThrow();
          double ratio = metric(source, byLevel[level]) / metricFrom - 1;
          boolean usable = Double.isFinite(ratio);
          target[i][s][r] = usable ? byLevel[level] - from : Double.NaN;
          relative[i][s][r] = usable ? ratio : Double.NaN;
        }
      }
    }
    return new Differences(
        factor.name(),
        levels.get(level),
        factor.reference(),
        placebo,
        sources.stream().map(s -> s.post().creative()).toList(),
        target,
        relative);
  }

  /** The scores that a level is compared with. */
  private static double[] compared(
      Factor factor, List<String> levels, double[] byLevel, double control) {
    return switch (factor.reference()) {
      case StudySpec.CONTROL -> new double[] {control};
      case StudySpec.AVERAGE -> byLevel;
      default -> new double[] {byLevel[levels.indexOf(factor.reference())]};
    };
  }

  private double metric(Source source, double score) {
    return Double.isNaN(score) ? Double.NaN : model.transform().invert(source.post().time(), score);
  }

  /** Mean over the refits that never saw the source: target difference to control, and ratio. */
  double[] againstControl(int cell) {
    Cell c = cells.get(cell);
    double target = 0;
    double relative = 0;
    int[] unseen = refits.unseenBy(c.from().group());
    for (int refit : unseen) {
      double control = controls[refit][c.source()];
      target += variants[refit][cell] - control;
      relative += metric(c.from(), variants[refit][cell]) / metric(c.from(), control) - 1;
    }
    return new double[] {target / unseen.length, relative / unseen.length};
  }
}
