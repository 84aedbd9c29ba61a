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
 * Classifies which level of a factor a picture shows, trained by least squares on the factor's
 * own variants, whose levels are known: nobody has to label posts.
 */
public final class LevelClassifier {
  /** Parts of the sources of which each is left out once when the accuracy is measured. */
  private static final int FOLDS = 5;

  private LevelClassifier() {}

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
     * Whether the levels are predicted well enough to learn from posts by them: half of what chance
     * leaves. A single level has nothing to be told from.
     */
    public boolean isUsable() {
      double chance = 1.0 / levels;
      return levels > 1 && accuracy >= chance + .5 * (1 - chance);
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
    List<String> levels = List.copyOf(factor.levels().keySet());
    int[] rows =
        IntStream.range(0, cells.size())
            .filter(c -> cells.get(c).factor().equals(factor) && !cells.get(c).isNullEdit())
            .toArray();
    int[] truth = IntStream.of(rows).map(c -> levels.indexOf(cells.get(c).level())).toArray();
    int[] sources = IntStream.of(rows).map(c -> cells.get(c).source()).toArray();
    Matrix known = variants.select(rows);
    Refitter refitter = Ridge.chosen()
            .prepare(known, IndicatorRegressions.indicator(truth, 0), sources, context);
    Folds folds = Folds.grouped(sources, FOLDS, seed);
    int right = 0;
    for (int fold = 0; fold < folds.count(); fold++) {
      int held = fold;
      int[] outside = folds.outside(fold);
      int[] inside =
          IntStream.range(0, rows.length).filter(i -> folds.foldOfRow()[i] == held).toArray();
      int[] predicted =
          predict(refitter, outside, truth, levels.size(), known.select(inside), context);
      for (int i = 0; i < inside.length; i++) {
        right += predicted[i] == truth[inside[i]] ? 1 : 0;
      }
    }
    int[] all = IntStream.range(0, rows.length).toArray();
    int[] predicted = predict(refitter, all, truth, levels.size(), pictures, context);
    return new Found(
        new TagColumn(factor.name(), Arrays.stream(predicted).mapToObj(levels::get).toList()),
        (double) right / rows.length,
        levels.size());
  }

  private static int[] predict(
      Refitter refitter,
      int[] learned,
      int[] truth,
      int levels,
      Matrix pictures,
      RunContext context) {
    int[] ofLearned = IntStream.of(learned).map(i -> truth[i]).toArray();
    double[][] values =
        IndicatorRegressions.values(refitter, learned, ofLearned, levels, pictures, context);
    return Arrays.stream(values).mapToInt(IndicatorRegressions::largest).toArray();
  }
}
