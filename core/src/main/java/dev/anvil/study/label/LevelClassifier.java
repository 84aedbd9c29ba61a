package dev.anvil.study.label;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.split.Folds;
import dev.anvil.study.design.Cell;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.TagColumn;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Classifies which level of a factor a picture shows, trained by least squares on the factor's own
 * variants, whose levels are known: nobody has to label posts.
 */
public final class LevelClassifier {
  /** Parts of the sources of which each is left out once when the accuracy is measured. */
  private static final int FOLDS = 5;

  private LevelClassifier() {}

  /** Accuracy from which levels count as told apart: half of what chance leaves. */
  public static double least(int levels) {
    double chance = 1.0 / levels;
    return chance + .5 * (1 - chance);
  }

  /**
   * What was found.
   *
   * @param column level of each picture, named after the factor
   * @param accuracy share of variants predicted right by classifiers that never saw their source
   * @param levels of the factor
   */
  public record Found(TagColumn column, double accuracy, int levels) {
    public Found {
      requireNonNull(column, "column is null");
    }

    /**
     * Whether the levels are predicted well enough to learn from posts by them. A single level has
     * nothing to be told from.
     */
    public boolean isUsable() {
      return levels > 1 && accuracy >= least(levels);
    }
  }

  /**
   * Classifies pictures by the levels of a factor.
   *
   * @param cells of a study
   * @param variants columns of each cell's picture
   * @param pictures to classify, in the same columns
   */
  public static Found find(
      Factor factor,
      List<Cell> cells,
      Matrix variants,
      Matrix pictures,
      long seed,
      RunContext context) {
    Variants of = Variants.of(factor, cells, variants, context);
    int[] all = IntStream.range(0, of.truth.length).toArray();
    int[] predicted = of.predict(all, pictures, context);
    return new Found(
        new TagColumn(factor.name(), Arrays.stream(predicted).mapToObj(of.levels::get).toList()),
        of.accuracy(seed, context),
        of.levels.size());
  }

  /**
   * Share of a factor's variants predicted right by classifiers that never saw their source.
   *
   * @param variants columns of each cell's picture
   */
  public static double accuracy(
      Factor factor, List<Cell> cells, Matrix variants, long seed, RunContext context) {
    return Variants.of(factor, cells, variants, context).accuracy(seed, context);
  }

  /** Variants of one factor, whose levels are known. */
  private record Variants(
      List<String> levels, int[] truth, int[] sources, Matrix known, Refitter refitter) {
    static Variants of(Factor factor, List<Cell> cells, Matrix variants, RunContext context) {
      List<String> levels = List.copyOf(factor.levels().keySet());
      int[] rows =
          IntStream.range(0, cells.size())
              .filter(c -> cells.get(c).factor().equals(factor) && !cells.get(c).isNullEdit())
              .toArray();
      int[] truth = IntStream.of(rows).map(c -> levels.indexOf(cells.get(c).level())).toArray();
      int[] sources = IntStream.of(rows).map(c -> cells.get(c).source()).toArray();
      Matrix known = variants.select(rows);
      return new Variants(
          levels,
          truth,
          sources,
          known,
          Ridge.chosen()
              .prepare(known, IndicatorRegressions.indicator(truth, 0), sources, context));
    }

    double accuracy(long seed, RunContext context) {
      Folds folds = Folds.grouped(sources, FOLDS, seed);
      int right = 0;
      for (int fold = 0; fold < folds.count(); fold++) {
        int[] inside = folds.inside(fold);
        int[] predicted = predict(folds.outside(fold), known.select(inside), context);
        for (int i = 0; i < inside.length; i++) {
          right += predicted[i] == truth[inside[i]] ? 1 : 0;
        }
      }
      return (double) right / truth.length;
    }

    int[] predict(int[] learned, Matrix pictures, RunContext context) {
      int[] classes = IntStream.of(learned).map(i -> truth[i]).toArray();
      double[][] values =
          IndicatorRegressions.values(refitter, learned, classes, levels.size(), pictures, context);
      return Arrays.stream(values).mapToInt(IndicatorRegressions::largest).toArray();
    }
  }
}
