package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.Claims;
import dev.anvil.study.effect.Correction;
import dev.anvil.study.effect.Detectable;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A study whose effects are corrected. Not safe for use from several threads. */
public final class BiasCorrected {
  private final EffectEstimator estimator;
  private final Correction correction;
  private final Map<String, Double> kept;
  private final ScoreTable scores;
  private final AccountStudy.Told told;
  private final Supplier<List<Differences>> permuted;
  private Optional<List<Effect>> estimated = Optional.empty();

  /**
   * A corrected study.
   *
   * @param correction of the scores
   * @param kept by factor, how much of a difference between levels the labels of posts keep;
   *     without an entry where nobody measured how often they err
   * @param scores of all pictures, corrected
   * @param told all contrasts, as accounts tell them where there are several
   * @param permuted the same by refits to a target in random order
   */
  BiasCorrected(
      EffectEstimator estimator,
      Correction correction,
      Map<String, Double> kept,
      ScoreTable scores,
      AccountStudy.Told told,
      Supplier<List<Differences>> permuted) {
    this.estimator = requireNonNull(estimator, "estimator is null");
    this.correction = requireNonNull(correction, "correction is null");
    this.kept = Map.copyOf(requireNonNull(kept, "kept is null"));
    this.scores = requireNonNull(scores, "scores is null");
    this.told = requireNonNull(told, "told is null");
    this.permuted = requireNonNull(permuted, "permuted is null");
  }

  /** Names of the factors that could be corrected; of others the effects are as they were. */
  public Set<String> factors() {
    return correction.factors();
  }

  /** What readers of the effects should know of the correction; one sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(correction.notes());
    notes.addAll(claims().reasons(estimated()));
    return notes;
  }

  /** One effect per contrast, placebos among them, in the study's order. */
  public List<Effect> effects() {
    return claims().withoutEquivalence(estimated());
  }

  /** Those of them that are no placebos. */
  List<Effect> declared() {
    return effects().stream().filter(e -> !e.placebo()).toList();
  }

  /** For each declared contrast, the smallest effect that would be found with so many sources. */
  List<Detectable> detectable(int sources) {
    return estimator.detectable(
        told.contrasts().stream().filter(d -> !d.placebo()).toList(), sources);
  }

  private Claims claims() {
    return new Claims(factors(), kept.keySet());
  }

  private List<Effect> estimated() {
    if (estimated.isEmpty()) {
      estimated = Optional.of(estimator.estimate(told.contrasts(), kept));
    }
    return estimated.get();
  }

  /** Contrasts by account, where posts belong to several and show which level they have. */
  public List<AccountEffects> accounts() {
    return told.effects();
  }

  /** The same contrasts, but placebos, by refits to a target in random order. */
  public List<Effect> permuted() {
    return estimator.estimate(
        permuted.get().stream().filter(d -> !d.placebo()).map(Differences::asPlacebo).toList());
  }

  ScoreTable scores() {
    return scores;
  }
}
