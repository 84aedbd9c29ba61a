package dev.anvil.ask;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.ask.PostScores.Scored;
import dev.anvil.campaign.Post;
import dev.anvil.encode.TextEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.split.Folds;
import dev.anvil.stats.ClusterBootstrap;
import dev.anvil.stats.Correlation;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.EstimationSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Answers questions in words about one campaign: what would its pictures be expected to get if they
 * were more like one description than like another (docs/method.md section 5)?
 *
 * <p>Whatever is learned of sentences and pictures is tried on posts that it was not learned from,
 * and every post is scored by refits that never saw it.
 */
public final class Asking {
  private static final int DRAWS = 1000;
  private static final int SHOWN = 3;
  private static final int DIMENSIONS = 256;

  /** Ridge penalties that are tried, on sentences of length 1. */
  private static final double[] PENALTIES = {.3, 1, 3, 10, 30};

  private final PostScores posts;
  private final Alignment alignment;
  private final Function<List<String>, float[][]> texts;
  private final float[][] held;
  private final Interval retrieval;
  private final Interval trust;

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
    this.held = held(alignment, texts.apply(sentences), posts.folds());
    ClusterBootstrap bootstrap =
        new ClusterBootstrap(posts.groups(), DRAWS, .95, posts.seed("trust"));
    Pictures pictures = posts.pictures();
    this.retrieval = mean(bootstrap, pictures.picked(held, sentences), context);
    double[] seen = posts.scores(pictures.rows());
    double[] described = posts.scores(pictures.moved(held));
    this.trust =
        bootstrap
            .interval(times -> Correlation.spearman(seen, described, times), context)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "sentences", "are all alike; expected some that tell posts apart"));
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
    float[] neutral = average(encoder.encode(Prompts.neutral()));
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
    double penalty = penalty(encoded, some(embeddings), scores.folds(), context);
    return new Asking(
        scores, sentences, new LearnedAlignment(encoded, embeddings, penalty), encoder, context);
  }

  /** The penalty by which alignments miss least of pictures that they did not learn from. */
  private static double penalty(
      float[][] encoded, float[][] embeddings, Folds folds, RunContext context) {
    Pictures pictures = new Pictures(embeddings);
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (double penalty : PENALTIES) {
      context.checkCancelled();
      Alignment tried = new LearnedAlignment(encoded, embeddings, penalty);
      double missed = pictures.missed(held(tried, encoded, folds));
      if (missed < least) {
        least = missed;
        best = penalty;
      }
    }
    return best;
  }

  /** Dimensions at equal distances, enough of them to choose a penalty by. */
  private static float[][] some(float[][] embeddings) {
    int all = embeddings[0].length;
    int[] chosen =
        IntStream.range(0, Math.min(all, DIMENSIONS))
            .map(k -> (int) ((long) k * all / Math.min(all, DIMENSIONS)))
            .toArray();
    return Arrays.stream(embeddings)
        .map(
            row -> {
              float[] out = new float[chosen.length];
              for (int k = 0; k < out.length; k++) {
                out[k] = row[chosen[k]];
              }
              return out;
            })
        .toArray(float[][]::new);
  }

  /** Each post's picture as its sentence tells it, by an alignment that did not learn from it. */
  private static float[][] held(Alignment alignment, float[][] encoded, Folds folds) {
    float[][] held = new float[encoded.length][];
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] own = folds.inside(fold);
      float[][] described =
          alignment.pictures(
              Arrays.stream(own).mapToObj(i -> encoded[i]).toArray(float[][]::new),
              others(folds, fold, once(encoded.length)));
      for (int i = 0; i < own.length; i++) {
        held[own[i]] = described[i];
      }
    }
    return held;
  }

  private static int[] once(int posts) {
    int[] times = new int[posts];
    Arrays.fill(times, 1);
    return times;
  }

  private static int[] others(Folds folds, int fold, int[] times) {
    int[] others = times.clone();
    for (int i : folds.inside(fold)) {
      others[i] = 0;
    }
    return others;
  }

  /** How often the alignment picks the right of two held-out pictures. */
  public Interval retrieval() {
    return retrieval;
  }

  /** Rank correlation between scores of sentences and of pictures. */
  public Interval trust() {
    return trust;
  }

  /** Asks one question. */
  public Answer ask(Question question, Limits limits, RunContext context) {
    return ask(List.of(question), limits, context).get(0);
  }

  /** Asks several questions, which takes hardly longer than one; answers in their order. */
  public List<Answer> ask(List<Question> questions, Limits limits, RunContext context) {
    List<float[][]> both = questions.stream().map(this::encoded).toList();
    List<float[][]> steps = steps(both, once(posts.groups().length));
    double[] reach = steps.stream().mapToDouble(this::reach).toArray();
    List<List<String>> refusals = new ArrayList<>();
    double[] known = new double[reach.length];
    for (int q = 0; q < known.length; q++) {
      known[q] =
          alignment.known(minus(both.get(q)[0], both.get(q)[1]), once(posts.groups().length));
      refusals.add(refusals(known[q], reach[q], limits));
    }
    int[] answered =
        IntStream.range(0, known.length).filter(q -> refusals.get(q).isEmpty()).toArray();
    List<Effect> effects =
        effects(
            IntStream.of(answered).mapToObj(questions::get).toList(),
            IntStream.of(answered).mapToObj(both::get).toList(),
            IntStream.of(answered).mapToObj(steps::get).toList(),
            IntStream.of(answered).mapToDouble(q -> reach[q]).toArray(),
            context);
    List<Answer> answers = new ArrayList<>();
    for (int q = 0; q < known.length; q++) {
      int at = Arrays.binarySearch(answered, q);
      List<Integer> order = posts.pictures().order(steps.get(q));
      answers.add(
          new Answer(
              questions.get(q).first(),
              questions.get(q).second(),
              retrieval,
              trust,
              known[q],
              refusals.get(q),
              at < 0 ? Optional.empty() : Optional.of(effects.get(at)),
              ids(order),
              ids(reversed(order))));
    }
    return answers;
  }

  private List<String> refusals(double known, double reach, Limits limits) {
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
      average(Arrays.copyOfRange(encoded, 0, Prompts.count())),
      average(Arrays.copyOfRange(encoded, Prompts.count(), encoded.length))
    };
  }

  private static float[] minus(float[] a, float[] b) {
    float[] out = new float[a.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = a[k] - b[k];
    }
    return out;
  }

  /** Mean direction of several texts, of length 1. */
  private static float[] average(float[][] rows) {
    double[] sum = LearnedAlignment.mean(rows, once(rows.length));
    double length = Math.sqrt(Arrays.stream(sum).map(v -> v * v).sum());
    float[] out = new float[sum.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = (float) (sum[k] / length);
    }
    return out;
  }

  /** For each question and fold, how a picture changes from the other words to the first. */
  private List<float[][]> steps(List<float[][]> both, int[] times) {
    float[][][] described =
        alignment.pictures(
            both.stream().flatMap(Arrays::stream).toArray(float[][]::new), times, posts.folds());
    return IntStream.range(0, both.size())
        .mapToObj(
            q ->
                Arrays.stream(described)
                    .map(fold -> minus(fold[2 * q], fold[2 * q + 1]))
                    .toArray(float[][]::new))
        .toList();
  }

  /**
   * How much of a step to take: as far as pictures go for each unit that their sentences say, and
   * no further than the campaign's sentences go, since in few words each weighs more than in many.
   */
  private double reach(float[][] steps) {
    Pictures pictures = posts.pictures();
    return pictures.slope(held, steps, posts.folds()) * pictures.within(held, steps, posts.folds());
  }

  private List<Effect> effects(
      List<Question> questions,
      List<float[][]> both,
      List<float[][]> steps,
      double[] reach,
      RunContext context) {
    int[] rows = posts.sample();
    FittedModel model = posts.model();
    int resamples = model.resampled().size();
    double[][] target = new double[questions.size()][resamples];
    double[][] relative = new double[questions.size()][resamples];
    try (Phase phase = context.start("ask", resamples)) {
      for (int k = 0; k < resamples && !questions.isEmpty(); k++) {
        int[] times = posts.drawn(Seeds.random(posts.seed("luck"), k));
        List<float[][]> others = steps(both, times);
        for (int q = 0; q < others.size(); q++) {
          Scored other = posts.scored(rows, others.get(q), reach[q], model.resampled().get(k));
          target[q][k] = HierarchicalBootstrap.mean(other.target());
          relative[q][k] = HierarchicalBootstrap.mean(other.relative());
        }
        phase.step(1);
      }
    }
    List<Differences> differences = new ArrayList<>();
    for (int q = 0; q < questions.size(); q++) {
      Scored own = posts.scored(rows, steps.get(q), reach[q], model.refits());
      differences.add(
          new Differences(
              "words",
              questions.get(q).first(),
              questions.get(q).second(),
              false,
              Arrays.stream(rows).mapToObj(i -> posts.posts().get(i).id()).toList(),
              own.target(),
              own.relative(),
              new Resampled(target[q], relative[q])));
    }
    return new EffectEstimator(EstimationSettings.DEFAULT).estimate(differences);
  }

  private static Interval mean(ClusterBootstrap bootstrap, double[] values, RunContext context) {
    return bootstrap
        .interval(
            times -> {
              double sum = 0;
              double count = 0;
              for (int i = 0; i < values.length; i++) {
                if (!Double.isNaN(values[i])) {
                  sum += times[i] * values[i];
                  count += times[i];
                }
              }
              return sum / count;
            },
            context)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "sentences", "are all alike; expected some that tell posts apart"));
  }
}
