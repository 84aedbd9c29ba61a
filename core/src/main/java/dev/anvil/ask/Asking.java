package dev.anvil.ask;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Progress;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.encode.TextEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.Folds;
import dev.anvil.predict.Groups;
import dev.anvil.predict.Matrix;
import dev.anvil.predict.RefitEnsemble;
import dev.anvil.stats.ClusterBootstrap;
import dev.anvil.stats.Correlation;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.stats.Interval;
import dev.anvil.study.Differences;
import dev.anvil.study.Differences.Resampled;
import dev.anvil.study.Effect;
import dev.anvil.study.EffectEstimator;
import dev.anvil.study.EstimationSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Answers questions in words about one campaign: what would its pictures be expected to get if they
 * were more like one description than like another (METHOD 5)?
 *
 * <p>Whatever is learned of sentences and pictures is tried on posts that it was not learned from,
 * and every post is scored by refits that never saw it.
 */
public final class Asking {
  private static final int FOLDS = 5;
  private static final int DRAWS = 1000;
  private static final int SHOWN = 3;

  /** More posts make the answer slower, and hardly narrower. */
  private static final int SCORED = 300;

  /** Ridge penalties that are tried, on sentences of length 1. */
  private static final double[] PENALTIES = {.3, 1, 3, 10, 30};

  private final FittedModel model;
  private final List<Post> posts;
  private final Pictures pictures;
  private final int[] groups;
  private final Folds folds;
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
      FittedModel model,
      List<Post> posts,
      Pictures pictures,
      List<String> sentences,
      Alignment alignment,
      Function<List<String>, float[][]> texts) {
    this.model = model;
    this.posts = posts;
    this.pictures = pictures;
    this.alignment = alignment;
    this.texts = texts;
    this.groups = groups(model, posts);
    this.folds = folds(model, groups);
    this.held = held(alignment, texts.apply(sentences), folds);
    ClusterBootstrap bootstrap = new ClusterBootstrap(groups, DRAWS, .95, seed("ask"));
    this.retrieval = mean(bootstrap, pictures.picked(held, sentences));
    double[] seen = scores(pictures.rows());
    double[] told = scores(pictures.moved(held));
    this.trust =
        bootstrap
            .interval(times -> rank(seen, told, times))
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
      TextEncoder encoder) {
    requireNonNull(encoder, "encoder is null");
    float[] neutral = average(encoder.encode(Prompts.neutral()));
    return new Asking(
        model,
        posts,
        new Pictures(embeddings),
        sentences,
        new JointAlignment(neutral, embeddings),
        encoder::encode);
  }

  /**
   * With an encoder that knows no words: how sentences go with pictures is learned from the posts.
   *
   * @param embeddings one row per post
   * @param sentences what each post shows: its caption, or its tags
   */
  public static Asking learned(
      FittedModel model,
      List<Post> posts,
      float[][] embeddings,
      List<String> sentences,
      SentenceEncoder encoder) {
    float[][] encoded = encoder.encode(sentences);
    Pictures pictures = new Pictures(embeddings);
    Folds folds = folds(model, groups(model, posts));
    Alignment best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double penalty : PENALTIES) {
      Alignment tried = new LearnedAlignment(encoded, embeddings, penalty);
      double missed = pictures.missed(held(tried, encoded, folds));
      if (missed < least) {
        least = missed;
        best = tried;
      }
    }
    return new Asking(model, posts, pictures, sentences, best, encoder::encode);
  }

  private static int[] groups(FittedModel model, List<Post> posts) {
    return posts.stream().mapToInt(p -> model.description().groups().get(p.id())).toArray();
  }

  private static Folds folds(FittedModel model, int[] groups) {
    return Folds.grouped(groups, FOLDS, Seeds.derive(model.description().seed(), "ask", "folds"));
  }

  private long seed(Object name) {
    return Seeds.derive(model.description().seed(), "ask", name);
  }

  /** Each post's picture as its sentence tells it, by an alignment that did not learn from it. */
  private static float[][] held(Alignment alignment, float[][] encoded, Folds folds) {
    float[][] held = new float[encoded.length][];
    for (int fold = 0; fold < folds.count(); fold++) {
      int[] own = folds.inside(fold);
      float[][] told =
          alignment.pictures(
              Arrays.stream(own).mapToObj(i -> encoded[i]).toArray(float[][]::new),
              others(folds, fold, once(encoded.length)));
      for (int i = 0; i < own.length; i++) {
        held[own[i]] = told[i];
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

  /**
   * Asks.
   *
   * @param first words whose effect is asked for, for example "a red car"
   * @param second words that they are compared with
   */
  public Answer ask(String first, String second, Limits limits, Progress progress) {
    float[][] both = encoded(first, second);
    double known = alignment.known(minus(both[0], both[1]), once(posts.size()));
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
    float[][] steps = steps(both, once(posts.size()));
    double reach = reach(steps);
    if (!(reach > 0)) {
      refusals.add("pictures do not change the way that the two descriptions say");
    }
    List<Integer> order = pictures.order(steps);
    return new Answer(
        first,
        second,
        retrieval,
        trust,
        known,
        refusals,
        refusals.isEmpty()
            ? Optional.of(effect(first, second, both, steps, reach, progress))
            : Optional.empty(),
        ids(order),
        ids(reversed(order)));
  }

  private static void refuse(List<String> refusals, double found, double least, String words) {
    if (!(found >= least)) {
      refusals.add(
          words.formatted(String.format(Locale.ROOT, "%.2f", found))
              + String.format(Locale.ROOT, "; at least %.2f is asked for", least));
    }
  }

  private List<String> ids(List<Integer> order) {
    return order.stream().limit(SHOWN).map(i -> posts.get(i).id()).toList();
  }

  private static List<Integer> reversed(List<Integer> order) {
    List<Integer> other = new ArrayList<>(order);
    Collections.reverse(other);
    return other;
  }

  /** Both descriptions, each averaged over the templates. */
  private float[][] encoded(String first, String second) {
    float[][] encoded = texts.apply(Prompts.all(first, second).toList());
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

  /** For each fold, how a picture changes from the second description to the first. */
  private float[][] steps(float[][] both, int[] times) {
    float[][] steps = new float[folds.count()][];
    for (int fold = 0; fold < steps.length; fold++) {
      float[][] told = alignment.pictures(both, others(folds, fold, times));
      steps[fold] = minus(told[0], told[1]);
    }
    return steps;
  }

  /**
   * How much of a step to take: as far as pictures go for each unit that their sentences say, and
   * no further than the campaign's sentences go, since in few words each weighs more than in many.
   */
  private double reach(float[][] steps) {
    return pictures.slope(held, steps, folds) * pictures.within(held, steps, folds);
  }

  private Effect effect(
      String first,
      String second,
      float[][] both,
      float[][] steps,
      double reach,
      Progress progress) {
    int[] rows = scored();
    int resamples = model.resampled().size();
    double[] target = new double[resamples];
    double[] relative = new double[resamples];
    try (Progress.Task task = progress.start("ask", resamples)) {
      for (int k = 0; k < resamples; k++) {
        SplittableRandom random = Seeds.random(seed("luck"), k);
        Scored other = scored(rows, steps(both, drawn(random)), reach, model.resampled().get(k));
        target[k] = HierarchicalBootstrap.mean(other.target());
        relative[k] = HierarchicalBootstrap.mean(other.relative());
        task.step(1);
      }
    }
    Scored own = scored(rows, steps, reach, model.refits());
    return new EffectEstimator(EstimationSettings.DEFAULT)
        .estimate(
            List.of(
                new Differences(
                    "words",
                    first,
                    second,
                    false,
                    Arrays.stream(rows).mapToObj(i -> posts.get(i).id()).toList(),
                    own.target(),
                    own.relative(),
                    new Resampled(target, relative))))
        .get(0);
  }

  /** Posts to score, drawn at random, one of each group. */
  private int[] scored() {
    SplittableRandom random = Seeds.random(seed("scored"), 0);
    List<Integer> all = new ArrayList<>(IntStream.range(0, posts.size()).boxed().toList());
    for (int i = all.size() - 1; i > 0; i--) {
      Collections.swap(all, i, random.nextInt(i + 1));
    }
    Set<Integer> taken = new HashSet<>();
    return all.stream()
        .filter(i -> taken.add(groups[i]))
        .limit(SCORED)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How often each post counts when groups are drawn with replacement. */
  private int[] drawn(SplittableRandom random) {
    Map<Integer, int[]> members = Groups.members(groups);
    List<int[]> all = List.copyOf(members.values());
    int[] times = new int[posts.size()];
    for (int i = 0; i < all.size(); i++) {
      for (int row : all.get(random.nextInt(all.size()))) {
        times[row]++;
      }
    }
    return times;
  }

  /** Differences of posts' scores on both scales, {@code [post][1][refit]}. */
  private record Scored(double[][][] target, double[][][] relative) {}

  private Scored scored(int[] rows, float[][] steps, double reach, RefitEnsemble refits) {
    double[][] to = predictions(rows, steps, reach / 2, refits);
    double[][] from = predictions(rows, steps, -reach / 2, refits);
    double[][][] target = new double[rows.length][1][refits.size()];
    double[][][] relative = new double[rows.length][1][refits.size()];
    double[][][] base = new double[rows.length][1][refits.size()];
    for (int i = 0; i < rows.length; i++) {
      Post post = posts.get(rows[i]);
      for (int r = 0; r < refits.size(); r++) {
        boolean usable = !refits.saw(r, groups[rows[i]]);
        base[i][0][r] = usable ? share(post, from[r][i]) : Double.NaN;
        target[i][0][r] = usable ? to[r][i] - from[r][i] : Double.NaN;
        relative[i][0][r] = usable ? share(post, to[r][i]) - base[i][0][r] : Double.NaN;
      }
    }
    double mean = Math.abs(HierarchicalBootstrap.mean(base));
    for (double[][] bySeed : relative) {
      for (int r = 0; r < refits.size(); r++) {
        bySeed[0][r] /= mean;
      }
    }
    return new Scored(target, relative);
  }

  /** The metric as a share of an average post's at the same time. */
  private double share(Post post, double score) {
    return model.transform().invert(post.time(), score)
        / Math.abs(model.transform().invert(post.time(), 0));
  }

  private double[][] predictions(int[] rows, float[][] steps, double times, RefitEnsemble refits) {
    float[][] moved = new float[rows.length][];
    List<Post> chosen = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      chosen.add(posts.get(rows[i]));
      float[] step = steps[folds.foldOfRow()[rows[i]]];
      moved[i] = pictures.rows()[rows[i]].clone();
      for (int k = 0; k < moved[i].length; k++) {
        moved[i][k] += (float) (times * step[k]);
      }
    }
    Matrix features = model.features(moved, chosen);
    double[][] out = new double[refits.size()][];
    for (int r = 0; r < out.length; r++) {
      out[r] = refits.predict(r, features);
    }
    return out;
  }

  /** Scores by refits that never saw a post, all as if published like the first one. */
  private double[] scores(float[][] rows) {
    Matrix features = model.features(rows, Collections.nCopies(rows.length, posts.get(0)));
    RefitEnsemble refits = model.refits();
    double[] sum = new double[rows.length];
    for (int r = 0; r < refits.size(); r++) {
      double[] predicted = refits.predict(r, features);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += refits.saw(r, groups[i]) ? 0 : predicted[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= refits.unseenBy(groups[i]).length;
    }
    return sum;
  }

  private static Interval mean(ClusterBootstrap bootstrap, double[] values) {
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
            })
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "sentences", "are all alike; expected some that tell posts apart"));
  }

  private static double rank(double[] x, double[] y, int[] times) {
    int n = Arrays.stream(times).sum();
    double[] a = new double[n];
    double[] b = new double[n];
    int at = 0;
    for (int i = 0; i < times.length; i++) {
      for (int t = 0; t < times[i]; t++) {
        a[at] = x[i];
        b[at++] = y[i];
      }
    }
    return Correlation.spearman(a, b).orElse(Double.NaN);
  }
}
