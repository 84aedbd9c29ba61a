package dev.anvil.ask;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is answered to a question in words, or why it is not.
 *
 * @param first words whose effect is asked for
 * @param second words that they are compared with
 * @param retrieval of two held-out pictures and the sentence of one, how often the alignment picks
 *     the right picture: .5 is chance
 * @param trust rank correlation over held-out posts between the scores of their sentences and of
 *     their pictures
 * @param known share of the difference of the two descriptions that the campaign's sentences speak
 *     of
 * @param refusals why there is no answer; none where there is one
 * @param effect the answer; empty where it is refused
 * @param likeFirst ids of posts whose pictures are most like the first words rather than the second
 * @param likeSecond the other way round
 */
public record Answer(
    String first,
    String second,
    Interval retrieval,
    Interval trust,
    double known,
    List<String> refusals,
    Optional<Effect> effect,
    List<String> likeFirst,
    List<String> likeSecond) {
  /** The same without an answer, for one reason more. */
  public Answer refused(String reason) {
    List<String> reasons = new ArrayList<>(refusals);
    reasons.add(reason);
    return new Answer(
        first, second, retrieval, trust, known, reasons, Optional.empty(), likeFirst, likeSecond);
  }

  public Answer {
    requireNonNull(first, "first is null");
    requireNonNull(second, "second is null");
    requireNonNull(retrieval, "retrieval is null");
    requireNonNull(trust, "trust is null");
    refusals = List.copyOf(refusals);
    requireNonNull(effect, "effect is null");
    likeFirst = List.copyOf(likeFirst);
    likeSecond = List.copyOf(likeSecond);
    if (refusals.isEmpty() != effect.isPresent()) {
      throw new IllegalArgumentException(
          "%d refusals and %s; expected either".formatted(refusals.size(), effect));
    }
  }
}
