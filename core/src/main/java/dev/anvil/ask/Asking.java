package dev.anvil.ask;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.ask.Steps.Step;
import dev.anvil.campaign.Post;
import dev.anvil.encode.TextEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers questions in words about one campaign: what would its pictures be expected to get if they
 * were more like one description than like another (docs/method.md section 5)?
 *
 * <p>Whatever is learned of sentences and pictures is tried on posts that it was not learned from,
 * and every post is scored by refits that never saw it.
 */
public final class Asking {
  private static final int SHOWN = 3;

  private final PostScores posts;
  private final Alignment alignment;
  private final Function<List<String>, float[][]> texts;
  private final Steps steps;
  private final Trial trial;

  /**
   * When an answer is refused.
   *
   * @param retrieval least lower end of the retrieval's interval
   * @param trust least lower end of the rank correlation's
   * @param known least share of the question that the campaign's sentences speak of
   */
  public record Limits(double retrieval, double trust, double known) {
    /** .6, .3, .5. */
    public static final Limits STANDARD = new Limits(.6, .3, .5);
  }

  private Asking(
      PostScores posts,
      List<String> sentences,
      Alignment alignment,
      Function<List<String>, float[][]> texts,
      RunContext context) {
    this.posts = posts;
    this.alignment = alignment;
    this.texts = texts;
    float[][] held = HeldOut.described(alignment, texts.apply(sentences), posts.folds());
    this.steps = new Steps(posts, alignment, held);
    this.trial = Trial.of(posts, held, sentences, context);
  }

  /**
   * With an encoder whose texts and pictures share a space.
   *
   * @param posts that the model was fitted to
   * @param embeddings one row per post; the block that texts share comes first
   * @param sentences what each post shows, to try the words on
   */
  public static Asking joint(
      FittedModel model,
      List<Post> posts,
      float[][] embeddings,
      List<String> sentences,
      TextEncoder encoder,
      RunContext context) {
    requireNonNull(encoder, "encoder is null");
    float[] neutral = Vectors.direction(encoder.encode(Prompts.neutral()));
    return new Asking(
        PostScores.of(model, posts, new Pictures(embeddings)),
        sentences,
        new JointAlignment(neutral, embeddings),
        encoder::encode,
        context);
  }

  /**
   * With an encoder that knows no words: how sentences go with pictures is learned from the posts.
   *
   * @param embeddings one row per post
   * @param sentences what each post shows: its caption, or its tags
   * @param encoder embeddings of sentences, of length 1, as {@link SentenceEncoder#encode} has them
   */
  public static Asking learned(
      FittedModel model,
      List<Post> posts,
      float[][] embeddings,
      List<String> sentences,
      Function<List<String>, float[][]> encoder,
      RunContext context) {
    float[][] encoded = encoder.apply(sentences);
    PostScores scores = PostScores.of(model, posts, new Pictures(embeddings));
    double penalty = HeldOut.penalty(encoded, embeddings, scores.folds(), context);
    return new Asking(
        scores, sentences, new LearnedAlignment(encoded, embeddings, penalty), encoder, context);
  }

  /** How often the alignment picks the right of two held-out pictures. */
  public Interval retrieval() {
    return trial.retrieval();
  }

  /** Rank correlation between scores of sentences and of pictures. */
  public Interval trust() {
    return trial.trust();
  }

  /** Asks one question. */
  public Answer ask(Question question, Limits limits, RunContext context) {
    return ask(List.of(question), limits, context).get(0);
  }

  /** Asks several questions, which takes hardly longer than one; answers in their order. */
  public List<Answer> ask(List<Question> questions, Limits limits, RunContext context) {
    List<Step> asked = steps.of(questions, questions.stream().map(this::encoded).toList());
    List<Assessment> assessments = asked.stream().map(step -> assess(step, limits)).toList();
    Iterator<Effect> effects =
        steps
            .effects(
                assessments.stream().filter(Assessment::isAnswered).map(Assessment::step).toList(),
                context)
            .iterator();
    List<Answer> answers = new ArrayList<>();
    for (Assessment assessment : assessments) {
      answers.add(
          answer(
              assessment,
              assessment.isAnswered() ? Optional.of(effects.next()) : Optional.empty()));
    }
    return answers;
  }

  /**
   * A question that is answered or refused.
   *
   * @param known share of it that the campaign's sentences speak of
   * @param refusals why it is not answered; empty if it is
   */
  private record Assessment(Step step, double known, List<String> refusals) {
    boolean isAnswered() {
      return refusals.isEmpty();
    }
  }

  private Assessment assess(Step step, Limits limits) {
    double known = alignment.known(step.difference(), Vectors.once(posts.groups().length));
    return new Assessment(step, known, trial.refusals(known, step.reach(), limits));
  }

  private Answer answer(Assessment assessment, Optional<Effect> effect) {
    Question question = assessment.step().question();
    List<Integer> order = posts.pictures().order(assessment.step().byFold());
    return new Answer(
        question.first(),
        question.second(),
        trial.retrieval(),
        trial.trust(),
        assessment.known(),
        assessment.refusals(),
        effect,
        ids(order),
        ids(reversed(order)));
  }

  private List<String> ids(List<Integer> order) {
    return order.stream().limit(SHOWN).map(i -> posts.posts().get(i).id()).toList();
  }

  private static List<Integer> reversed(List<Integer> order) {
    List<Integer> other = new ArrayList<>(order);
    Collections.reverse(other);
    return other;
  }

  /** The first words and the others, each averaged over the templates. */
  private float[][] encoded(Question question) {
    float[][] encoded = texts.apply(question.prompts().toList());
    return new float[][] {
      Vectors.direction(Arrays.copyOfRange(encoded, 0, Prompts.count())),
      Vectors.direction(Arrays.copyOfRange(encoded, Prompts.count(), encoded.length))
    };
  }
}
