package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.effect.Correction;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A study whose effects are corrected. */
public final class BiasCorrected {
  private final StudyPictures pictures;
  private final EffectEstimator estimator;
  private final Correction correction;
  private final ScoreTable scores;
  private final Supplier<ScoreTable> permuted;
  private final List<Resampled> resampled;

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
    return correction.notes();
  }

  /** One effect per contrast, placebos among them, in the study's order. */
  public List<Effect> effects() {
    return estimator.estimate(StudyPictures.with(resampled, pictures.contrasts(scores)));
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
