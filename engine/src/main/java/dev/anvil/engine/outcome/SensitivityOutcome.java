package dev.anvil.engine.outcome;

import dev.anvil.study.effect.Effect;
import java.util.List;
import java.util.Optional;

/**
 * A study's effects under changes that should not matter.
 *
 * @param study its name
 * @param variations the study as it is first
 */
public record SensitivityOutcome(long run, String study, List<Variation> variations)
    implements Outcome {
  public SensitivityOutcome {
    variations = List.copyOf(variations);
  }

  /**
   * The study under one change.
   *
   * @param name what was changed
   * @param effects declared contrasts, in the study's order
   */
  public record Variation(String name, List<Effect> effects) {
    public Variation {
      effects = List.copyOf(effects);
    }

    /** The same contrast; empty where this variation does not draw it. */
    public Optional<Effect> same(Effect effect) {
      return effects.stream().filter(effect::sameContrast).findFirst();
    }
  }
}
