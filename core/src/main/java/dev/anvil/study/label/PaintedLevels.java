package dev.anvil.study.label;

import dev.anvil.RunContext;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.study.design.Cell;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether levels that networks were asked to paint can be told apart in what they painted. Checks
 * of single variants see that something was painted, not what.
 */
public final class PaintedLevels {
  private PaintedLevels() {}

  /**
   * A sentence of doubt.
   *
   * @param cells of a study
   * @param variants columns of each cell's picture
   * @return empty where the levels can be told apart, and where no network was asked
   */
  public static Optional<String> doubt(
      Factor factor, List<Cell> cells, Matrix variants, long seed, RunContext context) {
    int levels = factor.levels().size();
    if (levels < 2 || !isGenerative(factor)) {
      return Optional.empty();
    }
    double accuracy = LevelClassifier.accuracy(factor, cells, variants, seed, context);
    return accuracy >= LevelClassifier.least(levels)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: look at the variants before you rely on these effects. A classifier recognises"
                    + " the level of %.0f %% of them (chance: %.0f %%), so the editor did not paint"
                    + " the levels, or the model does not see them.",
                factor.name(),
                100 * accuracy,
                100.0 / levels));
  }

  /**
   * A sentence of doubt where variants can be told apart, by their colours perhaps, but do not look
   * like posts of their levels.
   *
   * @param recognised share of the posts whose level is known from elsewhere that a classifier
   *     trained on the variants recognises
   * @return empty where posts are recognised, and where no network was asked
   */
  public static Optional<String> doubtOnPosts(Factor factor, double recognised) {
    int levels = factor.levels().size();
    if (levels < 2 || !isGenerative(factor) || recognised >= LevelClassifier.least(levels)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: look at the variants before you rely on these effects. A classifier that learned"
                + " the levels from the variants recognises them in %.0f %% of the posts (chance:"
                + " %.0f %%), so what the editor painted does not look like posts of these levels.",
            factor.name(),
            100 * recognised,
            100.0 / levels));
  }

  /**
   * A sentence of doubt about a comparison with null edits: asked for nothing in particular,
   * networks paint what they like, not what the source shows. On simulated campaigns such effects
   * were a fifth too small, and erred three times as much as those against the average of levels
   * (docs/generative-edits.md).
   *
   * @return empty where no network was asked, and where levels are compared with each other
   */
  public static Optional<String> doubtReference(Factor factor) {
    return isGenerative(factor) && factor.reference().equals(StudySpec.CONTROL)
        ? Optional.of(
            "%s: effects are compared with null edits, which show what the networks paint when asked for nothing in particular. Do not rely on their size; compare levels with each other (reference: average)."
                .formatted(factor.name()))
        : Optional.empty();
  }

  private static boolean isGenerative(Factor factor) {
    return Editors.kind(factor.editor()).filter(EditorKind::isGenerative).isPresent();
  }
}
