package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An effect with what a report says beside it.
 *
 * @param effect the estimate
 * @param phrase pictures with the level, in the plural, beginning a sentence: {@code Red cars}
 * @param truth the relative effect that the simulated world has, where there is one: .2 is +20 %
 * @param exact the relative effect on exact counterfactual pictures, where there are some
 * @param uncorrected the relative effect as the model alone sees it, where the effect is corrected
 */
public record EffectResult(
    Effect effect,
    String phrase,
    OptionalDouble truth,
    Optional<Interval> exact,
    OptionalDouble uncorrected) {
  public EffectResult {
    requireNonNull(uncorrected, "uncorrected is null");
    requireNonNull(effect, "effect is null");
    requireNonNull(phrase, "phrase is null");
    requireNonNull(truth, "truth is null");
    requireNonNull(exact, "exact is null");
  }

  /** An effect as the model sees it, nothing corrected. */
  public EffectResult(
      Effect effect, String phrase, OptionalDouble truth, Optional<Interval> exact) {
    this(effect, phrase, truth, exact, OptionalDouble.empty());
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
