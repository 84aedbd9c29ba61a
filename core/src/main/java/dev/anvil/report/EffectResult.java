package dev.anvil.report;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import dev.anvil.study.Effect;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An effect with what a report says beside it.
 *
 * @param effect the estimate
 * @param phrase pictures with the level, in the plural, beginning a sentence: {@code Red cars}
 * @param truth the relative effect that the simulated world has, where there is one: .2 is +20 %
 * @param exact the relative effect on exact counterfactual pictures, where there are some
 */
public record EffectResult(
    Effect effect, String phrase, OptionalDouble truth, Optional<Interval> exact) {
  public EffectResult {
    requireNonNull(effect, "effect is null");
    requireNonNull(phrase, "phrase is null");
    requireNonNull(truth, "truth is null");
    requireNonNull(exact, "exact is null");
  }

  /** An effect of which only the estimate is known, in words made of its factor and level. */
  public static EffectResult of(Effect effect) {
    return new EffectResult(
        effect,
        "Pictures with %s %s".formatted(effect.factor(), effect.level()),
        OptionalDouble.empty(),
        Optional.empty());
  }
}
