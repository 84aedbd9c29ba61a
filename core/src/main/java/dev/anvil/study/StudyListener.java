package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.StudyResult.InterimAnalysis;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.variant.VariantListener;
import java.util.List;

/**
 * Hears of a study while it runs. What it hears does not change the result. Variants are told from
 * several threads at once, estimates from the thread that runs the study.
 */
public interface StudyListener extends VariantListener {
  /**
   * Effects of the sources that are complete so far.
   *
   * @param sources number of them
   * @param effects one per declared contrast, placebos left out
   * @param valid whether this is an interim analysis that the study declared, whose intervals hold
   *     whichever of them one stops at. Others are provisional: whoever stops when he likes them is
   *     wrong more often than their level says
   * @param level of the intervals, 0 to 1
   */
  record InterimEstimates(int sources, List<Effect> effects, boolean valid, double level) {
    public InterimEstimates {
      effects = List.copyOf(effects);
    }

    /** The same where one may not stop by them. */
    public InterimEstimates asProvisional() {
      return new InterimEstimates(sources, effects, false, level);
    }

    static InterimEstimates provisional(int sources, List<Effect> effects) {
      return new InterimEstimates(sources, effects, false, effects.get(0).relative().level());
    }

    static InterimEstimates of(InterimAnalysis analysis, List<Effect> effects) {
      requireNonNull(analysis, "analysis is null");
      return new InterimEstimates(analysis.sources(), effects, true, analysis.level());
    }
  }

  /** The study is to make variants of so many sources, at most. */
  void began(int sources);

  /** Effects were estimated while the study goes on. */
  void estimated(InterimEstimates estimates);

  /** Effects of the sources so far cannot be estimated. */
  void unestimated(int sources, String why);
}
