package dev.anvil.study.effect;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What effects may be claimed to be (docs/method.md section 11). A model shrinks effects, so an
 * effect of the model alone never shows that there is none; and a model that explains nothing shows
 * no effect at all. Wrong labels hide effects, so an effect that is corrected by labels shows that
 * there is none only where these are known, or where it was measured how often they err.
 *
 * @param corrected names of the factors whose effects are corrected
 * @param measured names of the factors whose labels are known or inferred with a measured error
 */
public record Claims(Set<String> corrected, Set<String> measured) {
  /** Nothing is corrected. */
  public static final Claims OF_MODEL_ALONE = new Claims(Set.of(), Set.of());

  public Claims {
    corrected = Set.copyOf(requireNonNull(corrected, "corrected is null"));
    measured = Set.copyOf(requireNonNull(measured, "measured is null"));
  }

  /** Effects, of which none says without ground that there is no effect. */
  public List<Effect> withoutEquivalence(List<Effect> effects) {
    return effects.stream()
        .map(e -> isNil(e) && (isOfModelAlone(e) || isOfUncheckedLabels(e)) ? e.unresolved() : e)
        .toList();
  }

  /** Effects, of which none of the model alone says anything. */
  public List<Effect> withoutModel(List<Effect> effects) {
    return effects.stream()
        .map(e -> isOfModelAlone(e) && (isNil(e) || e.verdict().claims()) ? e.unresolved() : e)
        .toList();
  }

  /** Why equivalence is not claimed of some of these effects; no sentence when it need not be. */
  public List<String> reasons(List<Effect> effects) {
    List<String> reasons =
        new ArrayList<>(
            reasons(
                effects,
                e -> isOfModelAlone(e) && isNil(e),
                "%s: not resolved, because the effect is not corrected. A model shrinks effects"
                    + " towards zero, so a small effect of the model alone does not show that there"
                    + " is none."));
    reasons.addAll(
        reasons(
            effects,
            e -> isOfUncheckedLabels(e) && isNil(e),
            "%s: not resolved, because nobody measured how much of an effect is hidden by labels"
                + " that were inferred wrong (label_file in the study tells). A small effect does"
                + " not show that there is none."));
    return reasons;
  }

  /** Why nothing is claimed of some of these effects by a model that explains nothing. */
  public List<String> reasonsWithoutModel(List<Effect> effects) {
    return reasons(
        effects,
        e -> isOfModelAlone(e) && (isNil(e) || e.verdict().claims()),
        "%s: not resolved, because the model does not explain the metric and the effect is not"
            + " corrected by what posts show.");
  }

  private List<String> reasons(List<Effect> effects, Predicate<Effect> which, String sentence) {
    Set<String> factors = new TreeSet<>();
    effects.stream().filter(which).forEach(e -> factors.add(e.factor()));
    return factors.stream().map(sentence::formatted).toList();
  }

  private boolean isOfModelAlone(Effect effect) {
    return !effect.placebo() && !corrected.contains(effect.factor());
  }

  private boolean isOfUncheckedLabels(Effect effect) {
    return !effect.placebo()
        && corrected.contains(effect.factor())
        && !measured.contains(effect.factor());
  }

  private static boolean isNil(Effect effect) {
    return effect.verdict() == Verdict.NO_PRACTICAL_EFFECT;
  }
}
