package dev.anvil.study.effect;

import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Scores of all variants, null edits and untouched sources by all refits of one ensemble, and the
 * differences between them.
 */
public final class ScoreTable {
  /** In place of a control's index: the source itself. */
  private static final int UNTOUCHED = -1;

  private final TargetTransform transform;
  private final RefitEnsemble refits;
  private final List<Source> sources;
  private final List<Cell> cells;
  private final boolean[] valid;
  private final double[][] untouched;
  private final double[][] edited;
  private final int[] control;
  private final Correction correction;

  /**
   * A table of scores.
   *
   * @param transform of the metric that the refits predict
   * @param valid per cell, whether its edit passed the checks
   * @param untouched {@code [refit][source]}
   * @param edited {@code [refit][cell]}
   * @param correction added to scores before they are compared
   */
  ScoreTable(
      TargetTransform transform,
      RefitEnsemble refits,
      List<Source> sources,
      List<Cell> cells,
      boolean[] valid,
      double[][] untouched,
      double[][] edited,
      Correction correction) {
    this.correction = correction;
    this.transform = transform;
    this.refits = refits;
    this.sources = sources;
    this.cells = cells;
    this.valid = valid;
    this.untouched = untouched;
    this.edited = edited;
    Map<String, Integer> nullEdits = new HashMap<>();
    for (int c = 0; c < cells.size(); c++) {
      if (cells.get(c).isNullEdit()) {
        nullEdits.put(cells.get(c).key(), c);
      }
    }
    this.control =
        cells.stream().mapToInt(c -> c.control().map(nullEdits::get).orElse(UNTOUCHED)).toArray();
  }

  /** The contrasts of a factor: one per level, but for the level that is the reference. */
  public List<Differences> differences(Factor factor, boolean placebo) {
    List<String> levels = List.copyOf(factor.levels().keySet());
    double[][][][] scores = empty(factor, levels.size());
    double[][][][] controls = empty(factor, levels.size());
    fill(factor, c -> levels.indexOf(cells.get(c).level()), scores, controls);
    List<Differences> contrasts = new ArrayList<>();
    if (factor.reference().equals(StudySpec.CROSSED)) {
      int last = levels.size() - 1;
      contrasts.add(
          differences(
              factor,
              levels.get(0),
              levels.get(last),
              placebo,
              (i, s, r) -> new double[] {scores[i][s][r][0]},
              (i, s, r) -> new double[] {scores[i][s][r][last]},
              (i, s, r) -> new double[] {scores[i][s][r][last]}));
      contrasts.add(
          differences(
              factor,
              levels.get(0),
              StudySpec.SUM,
              placebo,
              (i, s, r) -> crossed(scores[i][s][r], 0),
              (i, s, r) -> crossed(scores[i][s][r], 1),
              (i, s, r) -> new double[] {scores[i][s][r][last]}));
      return contrasts;
    }
    for (int l = 0; l < levels.size(); l++) {
      if (!levels.get(l).equals(factor.reference())) {
        int level = l;
        contrasts.add(
            differences(
                factor,
                levels.get(l),
                factor.reference(),
                placebo,
                (i, s, r) -> new double[] {scores[i][s][r][level]},
                (i, s, r) -> compared(factor, levels, level, scores[i][s][r], controls[i][s][r])));
      }
    }
    return contrasts;
  }

  /**
   * The combinations that a difference of differences adds (0) or takes away (1): those with an
   * even or odd number of second choices.
   */
  private static double[] crossed(double[] byLevel, int parity) {
    return IntStream.range(0, byLevel.length)
        .filter(l -> Integer.bitCount(l) % 2 == parity)
        .mapToDouble(l -> byLevel[l])
        .toArray();
  }

  /**
   * Scores of one level's variants.
   *
   * @param target {@code [source][seed][refit]}, NaN where missing. Read only.
   * @param metric the same on the metric's own scale. Read only.
   */
  public record LevelScores(String level, double[][][] target, double[][][] metric) {}

  /** Scores of each level of a factor, before anything is compared. */
  public List<LevelScores> levels(Factor factor) {
    List<String> levels = List.copyOf(factor.levels().keySet());
    double[][][][] scores = empty(factor, levels.size());
    fill(factor, c -> levels.indexOf(cells.get(c).level()), scores, empty(factor, levels.size()));
    List<LevelScores> out = new ArrayList<>();
    for (int l = 0; l < levels.size(); l++) {
      double[][][] target = new double[sources.size()][factor.seeds()][refits.size()];
      double[][][] metric = new double[sources.size()][factor.seeds()][refits.size()];
      for (int i = 0; i < target.length; i++) {
        for (int s = 0; s < factor.seeds(); s++) {
          for (int r = 0; r < refits.size(); r++) {
            target[i][s][r] = scores[i][s][r][l];
            metric[i][s][r] = metric(sources.get(i), scores[i][s][r][l]);
          }
        }
      }
      out.add(new LevelScores(levels.get(l), target, metric));
    }
    return out;
  }

  /** Mean score of what a level is compared with, by source; NaN where there is none. */
  double[] references(Factor factor, String level) {
    List<String> levels = List.copyOf(factor.levels().keySet());
    double[][][][] scores = empty(factor, levels.size());
    double[][][][] controls = empty(factor, levels.size());
    fill(factor, c -> levels.indexOf(cells.get(c).level()), scores, controls);
    double[] references = new double[sources.size()];
    for (int i = 0; i < references.length; i++) {
      double sum = 0;
      int count = 0;
      for (int s = 0; s < factor.seeds(); s++) {
        for (int r = 0; r < refits.size(); r++) {
          double[] with =
              compared(factor, levels, levels.indexOf(level), scores[i][s][r], controls[i][s][r]);
          double mean = Arrays.stream(with).average().orElseThrow();
          if (!Double.isNaN(mean)) {
            sum += mean;
            count++;
          }
        }
      }
      references[i] = sum / count;
    }
    return references;
  }

  /**
   * Null edits against the untouched sources: what the editor adds by itself, which ought to be
   * nil. Empty when the factor's editor is exact. A null edit that differs by level counts once per
   * seed.
   */
  Optional<Differences> nullEdits(Factor factor) {
    if (cells.stream().noneMatch(c -> c.factor().equals(factor) && c.isNullEdit())) {
      return Optional.empty();
    }
    double[][][][] scores = empty(factor, 1);
    double[][][][] controls = empty(factor, 1);
    fill(factor, 1, c -> cells.get(c).isNullEdit() ? 0 : -1, scores, controls);
    return Optional.of(
        differences(
            factor,
            StudySpec.NULL_EDIT,
            StudySpec.ORIGINAL,
            true,
            (i, s, r) -> new double[] {scores[i][s][r][0]},
            (i, s, r) -> controls[i][s][r]));
  }

  /** Mean over the refits that never saw the source: target difference to control, and ratio. */
  public double[] againstControl(int cell) {
    Cell c = cells.get(cell);
    double target = 0;
    double relative = 0;
    int[] unseen = refits.unseenBy(c.from().group());
    double weight = correction.weight(c.factor());
    for (int refit : unseen) {
      double from = controlScore(refit, cell, weight);
      double to = score(refit, cell, weight);
      target += to - from;
      relative += metric(c.from(), to) / metric(c.from(), from) - 1;
    }
    return new double[] {target / unseen.length, relative / unseen.length};
  }

  private interface Scores {
    double[] of(int source, int seed, int refit);
  }

  /** By [source][seed][refit][level]; NaN where there is nothing yet. */
  private double[][][][] empty(Factor factor, int levels) {
    double[][][][] scores = new double[sources.size()][factor.seeds()][refits.size()][levels];
    for (double[][][] bySeed : scores) {
      for (double[][] byRefit : bySeed) {
        for (double[] byLevel : byRefit) {
          Arrays.fill(byLevel, Double.NaN);
        }
      }
    }
    return scores;
  }

  /** Leaves NaN where a variant or its control is invalid, or a refit has seen the source. */
  private void fill(
      Factor factor, IntUnaryOperator levelOf, double[][][][] scores, double[][][][] controls) {
    fill(factor, correction.weight(factor), levelOf, scores, controls);
  }

  private void fill(
      Factor factor,
      double weight,
      IntUnaryOperator levelOf,
      double[][][][] scores,
      double[][][][] controls) {
    for (int c = 0; c < cells.size(); c++) {
      Cell cell = cells.get(c);
      int level = cell.factor().equals(factor) ? levelOf.applyAsInt(c) : -1;
      if (level >= 0 && valid[c]) {
        for (int refit : refits.unseenBy(cell.from().group())) {
          scores[cell.source()][cell.seed()][refit][level] = score(refit, c, weight);
          controls[cell.source()][cell.seed()][refit][level] = controlScore(refit, c, weight);
        }
      }
    }
  }

  /**
   * What a variant scores.
   *
   * @param weight how much of the edit's effect on the prediction counts beside the correction
   */
  private double score(int refit, int cell, double weight) {
    double from = untouched[refit][cells.get(cell).source()];
    return from + weight * (edited[refit][cell] - from) + correction.of(cells.get(cell));
  }

  private double controlScore(int refit, int cell, double weight) {
    Cell of = cells.get(cell);
    double from = untouched[refit][of.source()];
    return from + weight * (control(refit, cell) - from) + correction.of(of.factor(), of.from());
  }

  private double control(int refit, int cell) {
    int by = control[cell];
    if (by == UNTOUCHED) {
      return untouched[refit][cells.get(cell).source()];
    }
    return valid[by] ? edited[refit][by] : Double.NaN;
  }

  private Differences differences(
      Factor factor,
      String level,
      String reference,
      boolean placebo,
      Scores scores,
      Scores compared) {
    return differences(factor, level, reference, placebo, scores, compared, compared);
  }

  /**
   * The sum of scores less the sum of as many others; of one less several, less their mean.
   *
   * @param bases whose mean the change is a share of
   */
  private Differences differences(
      Factor factor,
      String level,
      String reference,
      boolean placebo,
      Scores scores,
      Scores compared,
      Scores bases) {
    int n = sources.size();
    double[][][] target = new double[n][factor.seeds()][refits.size()];
    double[][][] relative = new double[n][factor.seeds()][refits.size()];
    double[][][] base = new double[n][factor.seeds()][refits.size()];
    boolean usable = false;
    for (int i = 0; i < n; i++) {
      Source source = sources.get(i);
      for (int s = 0; s < factor.seeds(); s++) {
        for (int r = 0; r < refits.size(); r++) {
          double[] to = scores.of(i, s, r);
          double[] from = compared.of(i, s, r);
          double change = to.length * (share(source, to) - share(source, from));
          boolean here = Double.isFinite(change);
          usable |= here;
          target[i][s][r] = here ? to.length * (mean(to) - mean(from)) : Double.NaN;
          relative[i][s][r] = here ? change : Double.NaN;
          base[i][s][r] = here ? share(source, bases.of(i, s, r)) : Double.NaN;
        }
      }
    }
    if (usable) {
      divide(relative, Math.abs(HierarchicalBootstrap.mean(base)));
    }
    return new Differences(
        factor.name(),
        level,
        reference,
        placebo,
        sources.stream().map(s -> s.post().creative()).toList(),
        target,
        relative,
        Differences.Resampled.NONE);
  }

  /** The scores that a level is compared with. */
  private static double[] compared(
      Factor factor, List<String> levels, int level, double[] byLevel, double[] controls) {
    return switch (factor.reference()) {
      case StudySpec.CONTROL -> new double[] {controls[level]};
      case StudySpec.AVERAGE -> byLevel;
      case StudySpec.CROSSED -> new double[] {byLevel[byLevel.length - 1]};
      default -> new double[] {byLevel[levels.indexOf(factor.reference())]};
    };
  }

  private static void divide(double[][][] values, double by) {
    for (double[][] bySeed : values) {
      for (double[] byRefit : bySeed) {
        for (int r = 0; r < byRefit.length; r++) {
          byRefit[r] /= by;
        }
      }
    }
  }

  /**
   * Mean share of an average post's metric. A change's mean over sources is divided by the mean of
   * what it starts from, not each change by its own start: one source that is predicted to get next
   * to nothing would outweigh all others.
   */
  private double share(Source source, double... scores) {
    return Arrays.stream(scores)
        .map(z -> Double.isNaN(z) ? z : transform.share(source.post().time(), z))
        .average()
        .orElseThrow();
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private double metric(Source source, double score) {
    return Double.isNaN(score) ? Double.NaN : transform.invert(source.post().time(), score);
  }
}
