package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.effect.Claims;
import dev.anvil.study.effect.Correction;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A study whose effects are corrected. Not safe for use from several threads. */
public final class BiasCorrected {
  private final StudyPictures pictures;
  private final EffectEstimator estimator;
  private final Correction correction;
  private final ScoreTable scores;
  private final Supplier<ScoreTable> permuted;
  private final List<Resampled> resampled;
  private Optional<List<Effect>> estimated = Optional.empty();

  /**
   * A corrected study.
   *
   * @param correction of the scores
   * @param scores of all pictures, corrected
   * @param permuted the same by refits to a target in random order
   * @param resampled for each contrast, its mean by each resampled ensemble
   */
  BiasCorrected(
      StudyPictures pictures,
      EffectEstimator estimator,
      Correction correction,
      ScoreTable scores,
      Supplier<ScoreTable> permuted,
      List<Resampled> resampled) {
    this.pictures = requireNonNull(pictures, "pictures is null");
    this.estimator = requireNonNull(estimator, "estimator is null");
    this.correction = requireNonNull(correction, "correction is null");
    this.scores = requireNonNull(scores, "scores is null");
    this.permuted = requireNonNull(permuted, "permuted is null");
    this.resampled = List.copyOf(resampled);
  }

  /** Names of the factors that could be corrected; of others the effects are as they were. */
  public Set<String> factors() {
    return correction.factors();
  }

  /** What readers of the effects should know of the correction; one sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(correction.notes());
    notes.addAll(new Claims(factors()).reasons(estimated()));
    return notes;
  }

  /** One effect per contrast, placebos among them, in the study's order. */
  public List<Effect> effects() {
    return new Claims(factors()).withoutEquivalence(estimated());
  }

  private List<Effect> estimated() {
    if (estimated.isEmpty()) {
      estimated =
          Optional.of(
              estimator.estimate(StudyPictures.with(resampled, pictures.contrasts(scores))));
    }
    return estimated.get();
  }

  /** The same contrasts, but placebos, by refits to a target in random order. */
  public List<Effect> permuted() {
    return estimator.estimate(
        StudyPictures.with(resampled, pictures.contrasts(permuted.get())).stream()
            .filter(d -> !d.placebo())
            .map(Differences::asPlacebo)
            .toList());
  }

  ScoreTable scores() {
    return scores;
  }
}
