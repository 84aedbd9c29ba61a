package dev.anvil.ask;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.ask.Asking.Limits;
import dev.anvil.stats.ClusterBootstrap;
import dev.anvil.stats.Correlation;
import dev.anvil.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the words of held-out posts can be trusted.
 *
 * @param retrieval how often the alignment picks the right of two held-out pictures
 * @param trust rank correlation between scores of sentences and of pictures
 */
record Trial(Interval retrieval, Interval trust) {
  private static final int DRAWS = 1000;

  /**
   * Tries the campaign's own sentences.
   *
   * @param held each post's picture as its sentence tells it
   */
  static Trial of(PostScores posts, float[][] held, List<String> sentences, RunContext context) {
    ClusterBootstrap bootstrap =
        new ClusterBootstrap(posts.groups(), DRAWS, .95, posts.seed("trust"));
    Pictures pictures = posts.pictures();
    double[] picked = pictures.picked(held, sentences);
    Interval retrieval = some(bootstrap.interval(times -> mean(picked, times), context));
    double[] seen = posts.scores(pictures.rows());
    double[] described = posts.scores(pictures.moved(held));
    return new Trial(
        retrieval,
        some(bootstrap.interval(times -> Correlation.spearman(seen, described, times), context)));
  }

  private static Interval some(Optional<Interval> interval) {
    return interval.orElseThrow(
        () ->
            new InvalidInputException(
                "sentences", "are all alike; expected some that tell posts apart"));
  }

  private static double mean(double[] values, int[] times) {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        sum += times[i] * values[i];
        count += times[i];
      }
    }
    return sum / count;
  }

  /**
   * Why a question is not answered; empty if it is.
   *
   * @param known share of the question that the campaign's sentences speak of
   * @param reach how much of the question's step pictures take
   */
  List<String> refusals(double known, double reach, Limits limits) {
    List<String> refusals = new ArrayList<>();
    refuse(
        refusals,
        retrieval.low(),
        limits.retrieval(),
        "words pick the right of two held-out pictures in %s of cases, where guessing gets 0.50");
    refuse(
        refusals,
        trust.low(),
        limits.trust(),
        "scores of sentences go with those of their pictures by a rank correlation of %s");
    refuse(
        refusals,
        known,
        limits.known(),
        "the campaign's sentences speak of %s of the difference between the two descriptions");
    if (!(reach > 0)) {
      refusals.add("pictures do not change the way that the two descriptions say");
    }
    return refusals;
  }

  private static void refuse(List<String> refusals, double found, double least, String words) {
    if (!(found >= least)) {
      refusals.add(
          words.formatted(String.format(Locale.ROOT, "%.2f", found))
              + String.format(Locale.ROOT, "; at least %.2f is asked for", least));
    }
  }
}
