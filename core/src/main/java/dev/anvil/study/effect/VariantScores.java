package dev.anvil.study.effect;

import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.effect.StudyPictures.Predicted;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Corrected scores of variants and of their controls, by all refits of one ensemble. */
final class VariantScores {
  /** In place of a control's index: the source itself. */
  private static final int UNTOUCHED = -1;

  private final Predicted predicted;
  private final List<Source> sources;
  private final List<Cell> cells;
  private final boolean[] valid;
  private final int[] control;
  private final Correction correction;

  /**
   * Scores by predictions.
   *
   * @param valid per cell, whether its edit passed the checks
   * @param correction added to scores before they are compared
   */
  VariantScores(
      Predicted predicted,
      List<Source> sources,
      List<Cell> cells,
      boolean[] valid,
      Correction correction) {
    this.predicted = predicted;
    this.sources = sources;
    this.cells = cells;
    this.valid = valid;
    this.correction = correction;
    Map<String, Integer> nullEdits = new HashMap<>();
    for (int c = 0; c < cells.size(); c++) {
      if (cells.get(c).isNullEdit()) {
        nullEdits.put(cells.get(c).key(), c);
      }
    }
    this.control =
        cells.stream().mapToInt(c -> c.control().map(nullEdits::get).orElse(UNTOUCHED)).toArray();
  }

  List<Source> sources() {
    return sources;
  }

  Cell cell(int cell) {
    return cells.get(cell);
  }

  RefitEnsemble refits() {
    return predicted.refits();
  }

  boolean hasNullEdits(Factor factor) {
    return cells.stream().anyMatch(c -> c.factor().equals(factor) && c.isNullEdit());
  }

  /** By level of a factor. */
  FactorScores of(Factor factor) {
    List<String> levels = List.copyOf(factor.levels().keySet());
    return of(factor, levels, correction.weight(factor), c -> levels.indexOf(cells.get(c).level()));
  }

  /** Of a factor's null edits, as if they were its only level; one for each source and seed. */
  FactorScores nullEdits(Factor factor) {
    return of(factor, List.of(StudySpec.NULL_EDIT), 1, c -> cells.get(c).isNullEdit() ? 0 : -1);
  }

  /** Leaves NaN where a variant or its control is invalid, or a refit has seen the source. */
  private FactorScores of(
      Factor factor, List<String> levels, double weight, IntUnaryOperator levelOf) {
    FactorScores scores = FactorScores.empty(factor, levels, sources.size(), refits().size());
    for (int c = 0; c < cells.size(); c++) {
      Cell cell = cells.get(c);
      int level = cell.factor().equals(factor) ? levelOf.applyAsInt(c) : -1;
      if (level >= 0 && valid[c]) {
        for (int refit : refits().unseenBy(cell.from().group())) {
          scores.variants()[cell.source()][cell.seed()][refit][level] = score(refit, c, weight);
          scores.controls()[cell.source()][cell.seed()][refit][level] =
              controlScore(refit, c, weight);
        }
      }
    }
    return scores;
  }

  /** What a variant scores. */
  double score(int refit, int cell) {
    return score(refit, cell, correction.weight(cells.get(cell).factor()));
  }

  /** What a variant's control scores. */
  double controlScore(int refit, int cell) {
    return controlScore(refit, cell, correction.weight(cells.get(cell).factor()));
  }

  /**
   * What a variant scores.
   *
   * @param weight how much of the edit's effect on the prediction counts beside the correction
   */
  private double score(int refit, int cell, double weight) {
    double from = untouched(refit, cell);
    return from
        + weight * (predicted.edited()[refit][cell] - from)
        + correction.of(cells.get(cell));
  }

  private double controlScore(int refit, int cell, double weight) {
    Cell of = cells.get(cell);
    double from = untouched(refit, cell);
    return from + weight * (control(refit, cell) - from) + correction.of(of.factor(), of.from());
  }

  private double untouched(int refit, int cell) {
    return predicted.untouched()[refit][cells.get(cell).source()];
  }

  private double control(int refit, int cell) {
    int by = control[cell];
    if (by == UNTOUCHED) {
      return untouched(refit, cell);
    }
    return valid[by] ? predicted.edited()[refit][by] : Double.NaN;
  }
}
