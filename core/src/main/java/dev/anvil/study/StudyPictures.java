package dev.anvil.study;

import dev.anvil.predict.Matrix;
import dev.anvil.predict.RefitEnsemble;
import dev.anvil.predict.TargetTransform;
import dev.anvil.study.StudySpec.Factor;
import java.util.ArrayList;
import java.util.List;

/**
 * The sources and variants of a study, made, checked and encoded: whichever models score them, they
 * stay the same.
 *
 * @param checks one per cell
 * @param untouched embedding of each source
 * @param edited embedding of each cell's picture
 * @param controls columns of each source
 * @param variants columns of each cell's picture
 */
record StudyPictures(
    StudySpec spec,
    List<Source> sources,
    List<Cell> cells,
    List<VariantStudio.Check> checks,
    float[][] untouched,
    float[][] edited,
    Matrix controls,
    Matrix variants) {
  StudyPictures {
    sources = List.copyOf(sources);
    cells = List.copyOf(cells);
    checks = List.copyOf(checks);
  }

  /**
   * Scores all pictures.
   *
   * @param transform of the metric that the refits predict
   */
  ScoreTable score(RefitEnsemble refits, TargetTransform transform) {
    boolean[] valid = new boolean[cells.size()];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = checks.get(i).reasons().isEmpty();
    }
    double[][] controlScores = new double[refits.size()][];
    double[][] variantScores = new double[refits.size()][];
    for (int k = 0; k < refits.size(); k++) {
      controlScores[k] = refits.predict(k, controls);
      variantScores[k] = refits.predict(k, variants);
    }
    return new ScoreTable(transform, refits, sources, cells, valid, controlScores, variantScores);
  }

  /** All contrasts of the study, in its order: of factors, of placebos, of null edits. */
  List<Differences> contrasts(ScoreTable scores) {
    List<Differences> contrasts = new ArrayList<>();
    for (Factor factor : spec.factors()) {
      contrasts.addAll(scores.differences(factor, false));
    }
    for (Factor placebo : spec.placebos()) {
      contrasts.addAll(scores.differences(placebo, true));
    }
    for (Factor factor : spec.factors()) {
      scores.nullEdits(factor).ifPresent(contrasts::add);
    }
    return contrasts;
  }
}
