package dev.anvil.lab.scorecard;

import dev.anvil.showroom.World;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import java.util.List;

/** What is true of the contrasts of a study in a world. */
record Truth(World world) {
  /** Relative effect, as a ratio minus one; 0 for a placebo. */
  double of(Effect effect, StudySpec study) {
    return effect.placebo() ? 0 : of(effect.factor(), effect.level(), effect.reference(), study);
  }

  double of(String factor, String level, String reference, StudySpec study) {
    return reference.equals(StudySpec.AVERAGE)
        ? world.effectAgainstAverage(
            factor,
            level,
            List.copyOf(
                study.factors().stream()
                    .filter(f -> f.name().equals(factor))
                    .findFirst()
                    .orElseThrow()
                    .levels()
                    .keySet()))
        : world.effect(factor, level, reference);
  }
}
