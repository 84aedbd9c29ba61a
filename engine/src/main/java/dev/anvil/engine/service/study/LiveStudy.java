package dev.anvil.engine.service.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.study.StudyListener.InterimEstimates;
import java.util.List;
import java.util.Optional;

/**
 * A study as it is now, while this engine runs it.
 *
 * @param revision grows with every change
 * @param sources that it is to edit, at most
 * @param made variants that were made; those that were kept from before are not counted
 * @param failed of them, those that did not pass their checks
 * @param variants the newest of them, the newest first
 * @param provisional estimates that are not valid to stop by; empty before there are some, and
 *     where newer ones are valid
 * @param valid estimates of the last interim analysis that the study declared; empty for none
 * @param unestimated why the newest creatives have no estimates; empty where they have
 */
public record LiveStudy(
    long revision,
    int sources,
    int made,
    int failed,
    List<LiveVariant> variants,
    Optional<InterimEstimates> provisional,
    Optional<InterimEstimates> valid,
    Optional<String> unestimated) {
  public LiveStudy {
    variants = List.copyOf(variants);
    requireNonNull(provisional, "provisional is null");
    requireNonNull(valid, "valid is null");
    requireNonNull(unestimated, "unestimated is null");
  }

  /**
   * A variant.
   *
   * @param number of it in its study, from 1
   * @param post its source
   * @param reasons why it did not pass its checks; none when it did
   */
  public record LiveVariant(
      int number, String post, String factor, String level, List<String> reasons) {
    public LiveVariant {
      reasons = List.copyOf(reasons);
    }
  }
}
