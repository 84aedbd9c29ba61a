package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.predict.FittedModel.Description;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.Clusters;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.refit.Resampling;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.Training;
import dev.anvil.predict.split.Groups;
import dev.anvil.predict.target.AccountLevels;
import dev.anvil.predict.target.Measured;
import dev.anvil.predict.target.Observation;
import dev.anvil.predict.target.Outliers;
import dev.anvil.predict.target.RampUp;
import dev.anvil.predict.target.Smoothed;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.segment.Subject;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Fits the model of a campaign (docs/method.md sections 1 to 3). */
public final class ModelFitter {
  static final String PERMUTE = "permute";

  /**
   * What to fit.
   *
   * @param metric to predict
   * @param kind of the metric
   * @param since posts before are left out of fitting; empty for a date suggested by the data
   * @param metadata columns to append to the embedding
   * @param trainer of the regressor and of its refits
   * @param plan of the refits
   * @param group column of the posts' metadata that names the account of a post, where posts belong
   *     to several
   */
  public record Request(
      String metric,
      MetricKind kind,
      Optional<LocalDateTime> since,
      List<String> metadata,
      Trainer trainer,
      RefitDesign.Plan plan,
      Optional<String> group) {
    /** Of posts of one account. */
    public Request(
        String metric,
        MetricKind kind,
        Optional<LocalDateTime> since,
        List<String> metadata,
        Trainer trainer,
        RefitDesign.Plan plan) {
      this(metric, kind, since, metadata, trainer, plan, Optional.empty());
    }

    /** The same, fitted to posts from a time on; earlier ones are history. */
    public Request since(LocalDateTime from) {
      return new Request(metric, kind, Optional.of(from), metadata, trainer, plan, group);
    }

    /** The same with other refits. */
    public Request with(RefitDesign.Plan other) {
      return new Request(metric, kind, since, metadata, trainer, other, group);
    }

    public Request {
      requireNonNull(group, "group is null");
      requireNonNull(metric, "metric is null");
      requireNonNull(kind, "kind is null");
      requireNonNull(since, "since is null");
      metadata = List.copyOf(metadata);
      requireNonNull(trainer, "trainer is null");
      requireNonNull(plan, "plan is null");
    }
  }

  /**
   * Posts with their embeddings.
   *
   * @param posts oldest first
   * @param embeddings one row per post
   * @param blocks of the embedding
   * @param hashes perceptual hash of each post's picture
   * @param pack name of the encoder, as it was asked for
   * @param encoder id of the encoder
   * @param subject the main element
   * @param nuisance what is taken out of embeddings
   */
  public record Data(
      List<Post> posts,
      float[][] embeddings,
      List<Block> blocks,
      long[] hashes,
      String pack,
      String encoder,
      Subject subject,
      Optional<Nuisance> nuisance) {
    /** Some of the posts. */
    public Data select(int[] rows) {
      return new Data(
          IntStream.of(rows).mapToObj(posts::get).toList(),
          IntStream.of(rows).mapToObj(i -> embeddings[i]).toArray(float[][]::new),
          blocks,
          IntStream.of(rows).mapToLong(i -> hashes[i]).toArray(),
          pack,
          encoder,
          subject,
          nuisance);
    }

    public Data {
      posts = List.copyOf(posts);
      blocks = List.copyOf(blocks);
      requireNonNull(pack, "pack is null");
      requireNonNull(encoder, "encoder is null");
      requireNonNull(subject, "subject is null");
      requireNonNull(nuisance, "nuisance is null");
    }
  }

  /**
   * A model with what it was fitted to, for evaluation and figures.
   *
   * @param features one row per post
   * @param target one per post, NaN where there is none
   * @param groups of near-duplicates, one number per post
   * @param fitRows posts that were fitted to
   */
  public record Fit(
      FittedModel model, Matrix features, double[] target, int[] groups, int[] fitRows) {
    /**
     * The accounts whose posts they are, where there are several.
     *
     * @param posts in the order of the fit
     */
    public Optional<AccountSummary> accounts(List<Post> posts) {
      return model
          .accounts()
          .map(a -> AccountSummary.of(a, model.description().metric(), posts, fitRows));
    }

    /** Predictions for each post by the refits that never saw it, averaged. */
    public double[] unseenPredictions() {
      return model.refits().predictUnseen(features, groups);
    }
  }

  private ModelFitter() {}

  /**
   * Fits the regressor and its refits.
   *
   * @throws InvalidInputException when no post has the metric or too few can be fitted to
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  public static Fit fit(Request request, Data data, RunContext context) {
    return fit(request, data, Smoothed.none(), context);
  }

  /**
   * The same with a metric that may be smoothed.
   *
   * @param smoothed one weight and excess per post, where the metric is a rate per exposure
   */
  public static Fit fit(Request request, Data data, Smoothed smoothed, RunContext context) {
    List<Post> posts = data.posts();
    List<Optional<LocalDateTime>> times = posts.stream().map(Post::time).toList();
    MetricValues metric =
        MetricValues.of(posts, request.metric(), request.kind(), request.group(), smoothed);
    Optional<AccountLevels> levels = metric.levels();
    Measured values = metric.values(levels);
    TargetTransform transform = transform(request, metric.common(levels), times, values);
    double[] target = transform.apply(times, values);
    int[] fitRows =
        IntStream.range(0, target.length)
            .filter(i -> !Double.isNaN(target[i]) && !transform.leftOut(times.get(i)))
            .toArray();
    int[] groups =
        Groups.of(data.hashes(), data.embeddings(), Groups.Likeness.nearDuplicate(), context);
    FeatureSpec all =
        FeatureSpec.fit(
            data.blocks(),
            FeatureView.WHOLE_AND_ELEMENT,
            IntStream.of(fitRows).mapToObj(posts::get).toList(),
            request.metadata().stream()
                .filter(c -> !request.group().equals(Optional.of(c)))
                .toList(),
            FeatureSpec.dated(posts));
    FeatureSpec columns = data.nuisance().map(all::without).orElse(all);
    Matrix unweighted = columns.encode(data.embeddings(), posts).matrix();
    Matrix encoded = smoothed.isNone() ? unweighted : unweighted.withWeights(smoothed.weights());
    Optional<Accounts> accounts =
        levels.map(
            l ->
                new Accounts(
                    request.group().orElseThrow(),
                    l,
                    AccountMeans.fit(encoded, metric.accounts().orElseThrow(), fitRows)));
    Matrix features = accounts.map(a -> a.means().centre(encoded, a.of(posts))).orElse(encoded);
    Clusters clusters =
        metric
            .accounts()
            .map(names -> Clusters.of(groups, names, fitRows))
            .orElseGet(() -> Clusters.of(groups));
    RefitDesign.Targets targets =
        accounts.isEmpty()
            ? training -> target
            : training -> known(transform.apply(times, metric.knowing(training)), target);
    Trainer trainer = request.trainer();
    RefitDesign design =
        RefitDesign.prepare(trainer, features, target, groups, fitRows, request.plan(), context);
    List<RefitEnsemble> made = new ArrayList<>();
    Regressor regressor;
    try {
      made.add(design.fit(targets, context));
      made.add(
          design.fit(
              permuted(target, features, fitRows, Seeds.random(request.plan().seed(), PERMUTE)),
              context));
      double[] predicted = made.get(0).predictUnseen(features, groups);
      addResampled(
          request.plan(),
          design,
          targets,
          random -> Resampling.target(target, predicted, clusters, fitRows, random),
          target,
          context,
          made);
      regressor =
          trainer.train(
              features.select(fitRows),
              Training.select(target, fitRows),
              Training.select(groups, fitRows),
              context);
    } catch (RuntimeException e) {
      made.forEach(RefitEnsemble::close);
      throw e;
    }
    Map<String, String> settings = new HashMap<>(trainer.settings());
    settings.putAll(design.choices());
    Description description =
        new Description(
            request.metric(),
            data.pack(),
            data.encoder(),
            data.subject(),
            transform,
            columns,
            byPost(posts, groups),
            trainer.name(),
            settings,
            request.plan().seed(),
            accounts,
            byPost(posts, smoothed));
    return new Fit(
        new FittedModel(
            description, regressor, made.get(0), made.get(1), made.subList(2, made.size())),
        features,
        target,
        groups,
        fitRows);
  }

  private static void addResampled(
      RefitDesign.Plan plan,
      RefitDesign design,
      RefitDesign.Targets targets,
      Function<SplittableRandom, double[]> resample,
      double[] target,
      RunContext context,
      List<RefitEnsemble> made) {
    List<RefitDesign.Targets> resampled = new ArrayList<>();
    for (int k = 0; k < plan.resamples(); k++) {
      double[] other = resample.apply(Seeds.random(plan.seed(), Resampling.SEED, k));
      resampled.add(training -> moved(targets.knowing(training), target, other));
    }
    made.addAll(design.resample(resampled, context));
  }

  /** A target with what was added to another one. */
  private static double[] moved(double[] from, double[] target, double[] other) {
    return from == target
        ? other
        : IntStream.range(0, from.length)
            .mapToDouble(i -> from[i] + other[i] - target[i])
            .toArray();
  }

  /** The first target; the second where the first is not known. */
  private static double[] known(double[] first, double[] second) {
    return IntStream.range(0, first.length)
        .mapToDouble(i -> Double.isNaN(first[i]) ? second[i] : first[i])
        .toArray();
  }

  private static TargetTransform transform(
      Request request,
      List<Observation> common,
      List<Optional<LocalDateTime>> times,
      Measured metric) {
    double[] values = metric.values();
    boolean relative = request.group().isPresent();
    MetricKind kind = relative ? AccountLevels.relativeKind(request.kind()) : request.kind();
    TargetTransform.Options standard =
        TargetTransform.Options.standard(kind).withCap(Outliers.cap(kind, values));
    TargetTransform.Options options = relative ? standard.ofRelative() : standard;
    Optional<LocalDateTime> since =
        request.since().or(() -> RampUp.suggestSince(common, request.plan().seed()));
    boolean[] training = new boolean[values.length];
    IntStream.range(0, values.length).forEach(i -> training[i] = !Double.isNaN(values[i]));
    return TargetTransform.fit(
        since.map(options::withSince).orElse(options), times, metric, training);
  }

  /**
   * The target in random order. Where posts count differently each keeps its own noise: what moves
   * is the target by its standard error.
   */
  static double[] permuted(double[] target, Matrix features, int[] rows, SplittableRandom random) {
    double[] out = target.clone();
    double[] roots =
        features.isWeighted()
            ? Arrays.stream(features.weights()).map(Math::sqrt).toArray()
            : new double[0];
    if (roots.length > 0) {
      IntStream.of(rows).forEach(i -> out[i] *= roots[i]);
    }
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double moved = out[rows[i]];
      out[rows[i]] = out[rows[j]];
      out[rows[j]] = moved;
    }
    if (roots.length > 0) {
      IntStream.of(rows).forEach(i -> out[i] /= roots[i]);
    }
    return out;
  }

  private static Map<String, FittedModel.Rate> byPost(List<Post> posts, Smoothed smoothed) {
    Map<String, FittedModel.Rate> byPost = new HashMap<>();
    for (int i = 0; i < smoothed.weights().length; i++) {
      byPost.put(
          posts.get(i).id(), new FittedModel.Rate(smoothed.weights()[i], smoothed.excess()[i]));
    }
    return byPost;
  }

  private static Map<String, Integer> byPost(List<Post> posts, int[] groups) {
    Map<String, Integer> byPost = new HashMap<>();
    for (int i = 0; i < groups.length; i++) {
      byPost.put(posts.get(i).id(), groups[i]);
    }
    return byPost;
  }
}
