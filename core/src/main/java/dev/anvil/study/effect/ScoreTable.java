package dev.anvil.study.effect;

import dev.anvil.predict.target.TargetTransform;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.FactorScores.At;
import dev.anvil.study.effect.FactorScores.Scores;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Scores of all variants, null edits and untouched sources by all refits of one ensemble, and the
 * differences between them.
 */
public final class ScoreTable {
  private final VariantScores scores;
  private final TargetTransform transform;

  /**
   * A table of scores.
   *
   * @param transform of the metric that the refits predict
   */
  ScoreTable(VariantScores scores, TargetTransform transform) {
    this.scores = scores;
    this.transform = transform;
  }

  /** The contrasts of a factor: one per level, but for the level that is the reference. */
  public List<Differences> differences(Factor factor, boolean placebo) {
    FactorScores of = scores.of(factor);
    return (factor.reference().equals(StudySpec.CROSSED)
            ? crossed(of, placebo)
            : byLevel(of, placebo))
        .stream().map(this::differences).toList();
  }

  private Differences differences(Comparison comparison) {
    return comparison.differences(scores.sources(), transform, scores.refits().size());
  }

  private static List<Comparison> byLevel(FactorScores of, boolean placebo) {
    Factor factor = of.factor();
    List<Comparison> comparisons = new ArrayList<>();
    for (int l = 0; l < of.levels().size(); l++) {
      String level = of.levels().get(l);
      if (!level.equals(factor.reference())) {
        comparisons.add(
            new Comparison(
                factor, level, factor.reference(), placebo, of.level(l), of.compared(l)));
      }
    }
    return comparisons;
  }

  /** A combination of levels with none of them, and with the sum of what each does alone. */
  private static List<Comparison> crossed(FactorScores of, boolean placebo) {
    Factor factor = of.factor();
    int last = of.levels().size() - 1;
    String combination = of.levels().get(0);
    return List.of(
        new Comparison(
            factor, combination, of.levels().get(last), placebo, of.level(0), of.level(last)),
        new Comparison(
            factor,
            combination,
            StudySpec.SUM,
            placebo,
            of.crossed(0),
            of.crossed(1),
            of.level(last)));
  }

  /**
   * Null edits against the untouched sources: what the editor adds by itself, which ought to be
   * nil. Empty when the factor's editor is exact. A null edit that differs by level counts once per
   * seed.
   */
  Optional<Differences> nullEdits(Factor factor) {
    if (!scores.hasNullEdits(factor)) {
      return Optional.empty();
    }
    FactorScores of = scores.nullEdits(factor);
    return Optional.of(
        differences(
            new Comparison(
                factor,
                StudySpec.NULL_EDIT,
                StudySpec.ORIGINAL,
                true,
                of.level(0),
                of.controlsOf(0))));
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
    FactorScores of = scores.of(factor);
    List<LevelScores> out = new ArrayList<>();
    for (int l = 0; l < of.levels().size(); l++) {
      int refits = scores.refits().size();
      double[][][] target = new double[scores.sources().size()][factor.seeds()][refits];
      double[][][] metric = new double[target.length][factor.seeds()][refits];
      for (int i = 0; i < target.length; i++) {
        for (int s = 0; s < factor.seeds(); s++) {
          for (int r = 0; r < refits; r++) {
            target[i][s][r] = of.variants()[i][s][r][l];
            metric[i][s][r] = metric(scores.sources().get(i), target[i][s][r]);
          }
        }
      }
      out.add(new LevelScores(of.levels().get(l), target, metric));
    }
    return out;
  }

  /** Mean score of what a level is compared with, by source; NaN where there is none. */
  double[] references(Factor factor, String level) {
    FactorScores of = scores.of(factor);
    Scores compared = of.compared(of.levels().indexOf(level));
    double[] references = new double[scores.sources().size()];
    for (int i = 0; i < references.length; i++) {
      double sum = 0;
      int count = 0;
      for (int s = 0; s < factor.seeds(); s++) {
        for (int r = 0; r < scores.refits().size(); r++) {
          double mean = Arrays.stream(compared.at(new At(i, s, r))).average().orElseThrow();
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

  /** Mean over the refits that never saw the source: target difference to control, and ratio. */
  public double[] againstControl(int cell) {
    Cell c = scores.cell(cell);
    double target = 0;
    double relative = 0;
    int[] unseen = scores.refits().unseenBy(c.from().group());
    for (int refit : unseen) {
      double from = scores.controlScore(refit, cell);
      double to = scores.score(refit, cell);
      target += to - from;
      relative += metric(c.from(), to) / metric(c.from(), from) - 1;
    }
    return new double[] {target / unseen.length, relative / unseen.length};
  }

  private double metric(Source source, double score) {
    return Double.isNaN(score) ? Double.NaN : transform.invert(source.post().time(), score);
  }
}
