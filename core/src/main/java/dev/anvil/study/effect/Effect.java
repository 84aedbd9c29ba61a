package dev.anvil.study.effect;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import java.util.OptionalInt;

/**
 * The estimate of one contrast: what the predictor expects to change when an element is edited from
 * the reference to the level (docs/method.md section 3).
 *
 * @param factor what is varied, for example {@code colour}
 * @param level the edited value, for example {@code red}
 * @param reference the level compared with, or {@code control} for the null edit
 * @param placebo whether the contrast is expected to be nil
 * @param sources creatives with at least one usable difference
 * @param seeds largest number of seeds of one source
 * @param refits regressors that scored
 * @param target on the scale of the target, in training standard deviations; the whole line when
 *     fewer than two sources have a difference
 * @param relative on the metric's own scale, as a ratio minus one: .12 is +12 %; the whole line
 *     when fewer than two sources have a difference
 * @param p two-sided, before correction
 * @param adjustedP after Benjamini-Hochberg over the study's declared contrasts, each paid for by
 *     what this analysis may spend
 * @param equivalenceP of the two one-sided tests against the smallest effect of interest
 * @param verdict what may be said
 * @param variance where the uncertainty comes from
 * @param minimumDetectable smallest relative effect that this design finds with 80 % power;
 *     infinite when nothing can be found
 * @param sourcesToResolve sources in all that would resolve an effect of the size seen; empty when
 *     it is resolved or invalid, or when more sources alone would not do because the refits differ
 */
public record Effect(
    String factor,
    String level,
    String reference,
    boolean placebo,
    int sources,
    int seeds,
    int refits,
    Interval target,
    Interval relative,
    double p,
    double adjustedP,
    double equivalenceP,
    Verdict verdict,
    VarianceSplit variance,
    double minimumDetectable,
    OptionalInt sourcesToResolve) {
  /** Whether another estimate is of the same contrast. */
  public boolean sameContrast(Effect other) {
    return factor.equals(other.factor)
        && level.equals(other.level)
        && reference.equals(other.reference);
  }

  /** The same estimate, of which nothing is claimed and more sources would change nothing. */
  Effect unresolved() {
    return new Effect(
        factor,
        level,
        reference,
        placebo,
        sources,
        seeds,
        refits,
        target,
        relative,
        p,
        adjustedP,
        equivalenceP,
        Verdict.NOT_RESOLVED,
        variance,
        minimumDetectable,
        OptionalInt.empty());
  }

  public Effect {
    requireNonNull(factor, "factor is null");
    requireNonNull(level, "level is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(target, "target is null");
    requireNonNull(relative, "relative is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(variance, "variance is null");
    requireNonNull(sourcesToResolve, "sourcesToResolve is null");
  }
}
