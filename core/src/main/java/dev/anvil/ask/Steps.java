package dev.anvil.ask;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.ask.PostScores.Scored;
import dev.anvil.predict.FittedModel;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.study.effect.Claims;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.EstimationSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps that questions in words make pictures take, and what posts score more for them.
 *
 * @param held each post's picture as its sentence tells it, by an alignment that did not learn from
 *     it
 */
record Steps(PostScores posts, Alignment alignment, float[][] held) {
  /**
   * A question as a step.
   *
   * @param words embeddings of the first words and of the others
   * @param byFold how a picture changes from the other words to the first, for each fold
   * @param reach how much of the step to take
   */
  record Step(Question question, float[][] words, float[][] byFold, double reach) {
    float[] difference() {
      return Vectors.minus(words[0], words[1]);
    }
  }

  /**
   * The steps of questions.
   *
   * @param words for each question, embeddings of the first words and of the others
   */
  List<Step> of(List<Question> questions, List<float[][]> words) {
    List<float[][]> byQuestion = byFold(words, Vectors.once(held.length));
    return IntStream.range(0, questions.size())
        .mapToObj(
            q ->
                new Step(
                    questions.get(q), words.get(q), byQuestion.get(q), reach(byQuestion.get(q))))
        .toList();
  }

  /** For each question and fold, how a picture changes from the other words to the first. */
  private List<float[][]> byFold(List<float[][]> words, int[] times) {
    float[][][] described =
        alignment.pictures(
            words.stream().flatMap(Arrays::stream).toArray(float[][]::new), times, posts.folds());
    return IntStream.range(0, words.size())
        .mapToObj(
            q ->
                Arrays.stream(described)
                    .map(fold -> Vectors.minus(fold[2 * q], fold[2 * q + 1]))
                    .toArray(float[][]::new))
        .toList();
  }

  /**
   * How much of a step to take: as far as pictures go for each unit that their sentences say, and
   * no further than the campaign's sentences go, since in few words each weighs more than in many.
   */
  private double reach(float[][] byFold) {
    Pictures pictures = posts.pictures();
    return pictures.slope(held, byFold, posts.folds())
        * pictures.within(held, byFold, posts.folds());
  }

  /** The effects of steps, which are corrected together; of the model alone, so none is nil. */
  List<Effect> effects(List<Step> steps, RunContext context) {
    int[] rows = posts.sample();
    List<Resampled> resampled = resampled(steps, rows, context);
    List<Differences> differences = new ArrayList<>();
    for (int q = 0; q < steps.size(); q++) {
      Step step = steps.get(q);
      Scored own = posts.scored(rows, step.byFold(), step.reach(), posts.model().refits());
      differences.add(
          new Differences(
              "words",
              step.question().first(),
              step.question().second(),
              false,
              Arrays.stream(rows).mapToObj(i -> posts.posts().get(i).id()).toList(),
              own.target(),
              own.relative(),
              resampled.get(q)));
    }
    return Claims.OF_MODEL_ALONE.withoutEquivalence(
        new EffectEstimator(EstimationSettings.DEFAULT).estimate(differences));
  }

  /** What the steps would add had alignment and model learned from other posts. */
  private List<Resampled> resampled(List<Step> steps, int[] rows, RunContext context) {
    FittedModel model = posts.model();
    List<float[][]> words = steps.stream().map(Step::words).toList();
    int resamples = model.resampled().size();
    double[][] target = new double[steps.size()][resamples];
    double[][] relative = new double[steps.size()][resamples];
    try (Phase phase = context.start("ask", resamples)) {
      for (int k = 0; k < resamples && !steps.isEmpty(); k++) {
        int[] times = posts.drawn(Seeds.random(posts.seed("luck"), k));
        List<float[][]> others = byFold(words, times);
        for (int q = 0; q < others.size(); q++) {
          Scored other =
              posts.scored(rows, others.get(q), steps.get(q).reach(), model.resampled().get(k));
          target[q][k] = HierarchicalBootstrap.mean(other.target());
          relative[q][k] = HierarchicalBootstrap.mean(other.relative());
        }
        phase.step(1);
      }
    }
    return IntStream.range(0, steps.size())
        .mapToObj(q -> new Resampled(target[q], relative[q]))
        .toList();
  }
}
