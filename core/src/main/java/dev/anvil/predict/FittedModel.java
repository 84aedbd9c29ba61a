package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Post;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.RegressorIo;
import dev.anvil.predict.target.Measured;
import dev.anvil.predict.target.Smoothed;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.segment.Subject;
import dev.anvil.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model of one metric of one campaign: the target's transform, the columns, the regressor, and
 * the refits that score studies.
 *
 * @param description all but the regressors
 * @param regressor fitted to every post that may be fitted to
 * @param refits each without some groups of near-duplicates
 * @param permuted the same refits, fitted to the target in random order: what they find is nothing
 * @param resampled refits that learned from resampled targets: how much an effect varies between
 *     them is how much it depends on the posts that there were
 */
public record FittedModel(
    Description description,
    Regressor regressor,
    RefitEnsemble refits,
    RefitEnsemble permuted,
    List<RefitEnsemble> resampled)
    implements AutoCloseable {
  private static final String VERSION = "version";

  /** Of what is kept; a model kept in another one is not read, and has to be fitted again. */
  public static final int FORMAT = 4;

  private static final String JSON = "model";
  private static final String REGRESSOR = "regressor";
  private static final String REFITS = "refits";
  private static final String PERMUTED = "permuted-refits";
  private static final String RESAMPLED = "resampled-refits";

  public FittedModel {
    requireNonNull(description, "description is null");
    requireNonNull(regressor, "regressor is null");
    requireNonNull(refits, "refits is null");
    requireNonNull(permuted, "permuted is null");
    resampled = List.copyOf(resampled);
  }

  /**
   * A post's rate per exposure.
   *
   * @param weight how much the post counts
   * @param excess the measured rate less the smoothed one, NaN where the post has none
   */
  public record Rate(double weight, double excess) {}

  /**
   * What a model is, apart from its regressors.
   *
   * @param metric that it predicts
   * @param pack name of the encoder of its embeddings, as it was asked for
   * @param encoder id of that encoder
   * @param subject the main element of its pictures
   * @param transform metric to target and back
   * @param columns embeddings and metadata to columns
   * @param groups near-duplicates: post id to the number of its group
   * @param trainer name of the regressor's kind
   * @param settings of the regressor, and what was chosen from the data
   * @param seed of all that was random
   * @param accounts whose posts they are, where the metric is taken relative to what is usual for
   *     each
   * @param rates of posts, by id, where the metric is a rate per exposure; else empty
   */
  public record Description(
      String metric,
      String pack,
      String encoder,
      @JsonAlias("mainElement") Subject subject,
      TargetTransform transform,
      FeatureSpec columns,
      Map<String, Integer> groups,
      String trainer,
      Map<String, String> settings,
      long seed,
      Optional<Accounts> accounts,
      Map<String, Rate> rates) {
    public Description {
      requireNonNull(metric, "metric is null");
      requireNonNull(pack, "pack is null");
      requireNonNull(encoder, "encoder is null");
      requireNonNull(subject, "subject is null");
      requireNonNull(transform, "transform is null");
      requireNonNull(columns, "columns is null");
      groups = Map.copyOf(groups);
      requireNonNull(trainer, "trainer is null");
      settings = Map.copyOf(settings);
      requireNonNull(accounts, "accounts is null");
      rates = Map.copyOf(rates);
    }
  }

  /** Frees what the regressors hold of native memory; a closed model predicts no more. */
  @Override
  public void close() {
    regressor.close();
    refits.close();
    permuted.close();
    resampled.forEach(RefitEnsemble::close);
  }

  public TargetTransform transform() {
    return description.transform();
  }

  /** Columns of posts (or variants, which go with their source's post) with these embeddings. */
  public Matrix features(float[][] embeddings, List<Post> posts) {
    Matrix features = description.columns().encode(embeddings, posts).matrix();
    return accounts().map(a -> a.means().centre(features, a.of(posts))).orElse(features);
  }

  /** How the metric of posts that the model was fitted to was smoothed. */
  public Smoothed smoothed(List<Post> posts) {
    Map<String, Rate> byId = description.rates();
    return byId.isEmpty()
        ? Smoothed.none()
        : new Smoothed(
            posts.stream().mapToDouble(p -> byId.get(p.id()).weight()).toArray(),
            posts.stream().mapToDouble(p -> byId.get(p.id()).excess()).toArray());
  }

  /** The accounts that the metric is taken relative to, where it is. */
  public Optional<Accounts> accounts() {
    return description.accounts();
  }

  /**
   * The metric of posts as the transform takes it, NaN where not measured: relative to what is
   * usual for the post's account, or as it is.
   */
  public double[] values(List<Post> posts) {
    return values(posts, Smoothed.none()).values();
  }

  /** The same of posts whose metric may be smoothed. */
  Measured values(List<Post> posts, Smoothed smoothed) {
    double[] values =
        posts.stream()
            .mapToDouble(p -> p.metric(description.metric()).orElse(Double.NaN))
            .toArray();
    Measured measured = new Measured(values, smoothed);
    return accounts()
        .map(
            a ->
                a.levels().relative(a.of(posts), posts.stream().map(Post::time).toList(), measured))
        .orElse(measured);
  }

  /**
   * What is usual for the account of a post when it is posted; empty where the model takes no
   * account of accounts, and for an account that it never saw.
   */
  public OptionalDouble usual(Post post) {
    return accounts().map(a -> a.usual(post)).orElse(OptionalDouble.empty());
  }

  /**
   * A prediction on the metric's own scale; empty for an account that the model never saw, of which
   * only {@link #relative} is known.
   *
   * @param target in training standard deviations
   */
  public OptionalDouble metric(Post post, double target) {
    double value = transform().invert(post.time(), target);
    if (accounts().isEmpty()) {
      return OptionalDouble.of(value);
    }
    OptionalDouble usual = usual(post);
    return usual.isPresent()
        ? OptionalDouble.of(metric(usual.getAsDouble(), post, target))
        : OptionalDouble.empty();
  }

  /**
   * A prediction on the metric's own scale for an account whose level is given.
   *
   * @param usual metric of the account
   */
  public double metric(double usual, Post post, double target) {
    return accounts()
        .orElseThrow(() -> new IllegalStateException("the model takes no account of accounts"))
        .levels()
        .absolute(usual, transform().invert(post.time(), target));
  }

  /**
   * A prediction relative to what is usual for the post's account: 1.3 is 1.3 times as much (of a
   * metric that may be below 0, so much more). Empty where the model takes no account of accounts.
   */
  public OptionalDouble relative(Post post, double target) {
    return accounts().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(transform().invert(post.time(), target));
  }

  /** Keeps the model under a run. */
  public void save(Stores stores, long run) {
    try {
      ObjectNode json = mapper().valueToTree(description);
      json.put(VERSION, FORMAT);
      stores.artefacts().putJson(run, JSON, mapper().writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("model has no JSON", e);
    }
    stores.artefacts().putBlob(run, REGRESSOR, regressor.toBytes());
    stores.artefacts().putBlob(run, REFITS, refits.toBytes());
    stores.artefacts().putBlob(run, PERMUTED, permuted.toBytes());
    stores.artefacts().putBlob(run, RESAMPLED, RefitEnsemble.toBytes(resampled));
  }

  /**
   * Reads what {@link #save} kept.
   *
   * @throws InvalidInputException when another version of Anvil kept it, or nothing was kept
   */
  public static FittedModel load(Stores stores, long run) {
    try {
      return new FittedModel(
          description(stores.artefacts().json(run, JSON).orElseThrow(() -> missing(run)), run),
          RegressorIo.read(blob(stores, run, REGRESSOR)),
          RefitEnsemble.read(blob(stores, run, REFITS)),
          RefitEnsemble.read(blob(stores, run, PERMUTED)),
          RefitEnsemble.readAll(blob(stores, run, RESAMPLED)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the model of run " + run + " is damaged", e);
    }
  }

  private static Description description(String text, long run) throws JsonProcessingException {
    JsonNode json = mapper().readTree(text);
    int format = json.path(VERSION).asInt();
    if (format != FORMAT || !(json instanceof ObjectNode description)) {
      throw new InvalidInputException(
          "run " + run,
          "was fitted by another version of Anvil (found model format %d; expected %d): fit again"
              .formatted(format, FORMAT));
    }
    description.remove(VERSION);
    return mapper().treeToValue(description, Description.class);
  }

  private static byte[] blob(Stores stores, long run, String name) {
    return stores.artefacts().blob(run, name).orElseThrow(() -> missing(run));
  }

  private static InvalidInputException missing(long run) {
    return new InvalidInputException("run " + run, "has no model; expected the run of a fit");
  }

  private static ObjectMapper mapper() {
    return new ObjectMapper().registerModule(new Jdk8Module()).registerModule(new JavaTimeModule());
  }
}
