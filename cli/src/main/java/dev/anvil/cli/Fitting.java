package dev.anvil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.CampaignStore;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.edit.ColourCasts;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.image.PerceptualHash;
import dev.anvil.image.PictureReader;
import dev.anvil.predict.Conformal;
import dev.anvil.predict.Evaluation;
import dev.anvil.predict.FeatureSpec;
import dev.anvil.predict.FeatureView;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.ModelFitter.Data;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.regressor.Blend;
import dev.anvil.predict.regressor.MeanOnly;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.predict.split.Split;
import dev.anvil.predict.split.Splits;
import dev.anvil.predict.target.TargetTransform;
import dev.anvil.report.data.ModelReport;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import dev.anvil.store.ResultStore;
import dev.anvil.store.Run;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds elements, encodes, fits and evaluates. */
final class Fitting {
  static final String COMMAND = "fit";
  static final String REPORT = "model-report";
  static final String ELEMENTS = "elements";
  private static final String CAMPAIGN = "campaign";
  private static final String TONES = "tones";
  private static final String SUGGESTED = "suggested";
  private static final String HASH = "perceptual-hash";
  private static final double COVERAGE = .9;

  private Fitting() {}

  /**
   * What to fit.
   *
   * @param metric to predict; empty for the campaign's first one
   * @param since posts before are left out of fitting; empty for a date suggested by the data
   * @param element labels of the main element; empty for the most frequent one
   * @param paper whether the paper's settings are evaluated too, which takes minutes
   * @param blend whether a blend of ridge and trees is a candidate too, which takes minutes
   * @param baselines whether a random forest, an MLP and regressors on tags alone are evaluated
   *     too, and what single tags are worth
   * @param tones whether colour casts over a picture count, else they are taken out of embeddings
   * @param encoder that looks at the pictures
   */
  record Request(
      Optional<String> metric,
      Optional<LocalDateTime> since,
      List<String> element,
      boolean paper,
      boolean blend,
      boolean baselines,
      boolean tones,
      EncoderChoice encoder,
      long seed) {}

  /** Fits and evaluates, unless it was done before; studies use the model from now on. */
  static Run run(Session session, Request request) throws IOException {
    session.use(request.encoder());
    Campaign campaign = session.campaign();
    String metric = metric(campaign, request);
    Run fit =
        Stage.run(
            session,
            COMMAND,
            arguments(session, request, campaign, metric),
            request.seed(),
            run -> fit(session, request, metric, campaign, run));
    session.choose(fit.id());
    return fit;
  }

  /** Everything that a fit depends on. */
  private static Map<String, String> arguments(
      Session session, Request request, Campaign campaign, String metric) throws IOException {
    Map<String, String> arguments = new TreeMap<>();
    arguments.put(CAMPAIGN, hash(campaign, metric));
    arguments.put("metric", metric);
    arguments.put("kind", campaign.kind(metric).name());
    arguments.put("since", request.since().map(Object::toString).orElse(SUGGESTED));
    arguments.put("element", request.element().toString());
    arguments.put("paper", Boolean.toString(request.paper()));
    arguments.put("blend", Boolean.toString(request.blend()));
    if (request.baselines()) {
      arguments.put(Baselines.ARGUMENT, "true");
    }
    arguments.put(TONES, Boolean.toString(request.tones()));
    arguments.put("pack", session.pack().id());
    arguments.put(SegmenterChoice.ARGUMENT, session.choice().text());
    arguments.put("segmenter-pack", session.segmenterPack().id());
    arguments.put("encoder", session.encoder().id());
    arguments.put(EncoderChoice.ARGUMENT, request.encoder().text());
    return arguments;
  }

  /** What was asked for when a fit was run. */
  static Request request(Run fit) throws IOException {
    JsonNode arguments = Session.json().readTree(fit.request().json());
    String element = arguments.path("element").asText();
    String since = arguments.path("since").asText();
    return new Request(
        Optional.of(arguments.path("metric").asText()),
        since.equals(SUGGESTED) ? Optional.empty() : Optional.of(LocalDateTime.parse(since)),
        element.equals("[]")
            ? List.of()
            : List.of(element.substring(1, element.length() - 1).split(", ", -1)),
        arguments.path("paper").asText().equals("true"),
        arguments.path("blend").asText().equals("true"),
        arguments.path(Baselines.ARGUMENT).asText().equals("true"),
        // a fit from before there were casts does not say so, and saw them
        !arguments.path(TONES).asText().equals("false"),
        EncoderChoice.parse(arguments.path(EncoderChoice.ARGUMENT).asText()),
        fit.request().seed());
  }

  /**
   * The campaign that a fit was run on.
   *
   * @throws InvalidInputException when it is not in the workspace as it was
   */
  static Campaign campaign(Workspace workspace, Run fit) throws IOException {
    JsonNode arguments = Session.json().readTree(fit.request().json());
    CampaignStore store = new CampaignStore(workspace);
    for (String name : store.names()) {
      Optional<Campaign> campaign = store.load(name);
      if (campaign.isPresent()
          && hash(campaign.get(), arguments.path("metric").asText())
              .equals(arguments.path(CAMPAIGN).asText())) {
        return campaign.get();
      }
    }
    throw new InvalidInputException(
        "run " + fit.id(),
        "learned from posts that are not in the workspace as they were; expected them: import them"
            + " again");
  }

  /** The posts of that campaign that its model was fitted to. */
  static List<Post> learned(Workspace workspace, Run fit, FittedModel model) throws IOException {
    return campaign(workspace, fit).posts().stream()
        .filter(p -> model.description().groups().containsKey(p.id()))
        .toList();
  }

  /** Fits again what a session's campaign and a request say, whatever runs there are. */
  static Map<String, String> again(Session session, Request request, long run) throws IOException {
    Campaign campaign = session.campaign();
    String metric = metric(campaign, request);
    fit(session, request, metric, campaign, run);
    return arguments(session, request, campaign, metric);
  }

  /** What a fit's report shows. */
  static ModelReport report(Session session, Run fit) throws IOException {
    return Session.json()
        .readValue(
            session.workspace().artefacts().json(fit.id(), REPORT).orElseThrow(),
            ModelReport.class);
  }

  private static String fit(
      Session session, Request request, String metric, Campaign campaign, long run)
      throws IOException {
    List<Post> posts = campaign.posts();
    MetricKind kind = campaign.kind(metric);
    RunContext context = session.context();
    SegmentationCache segmentations = session.segmentations();
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> counts =
        counts(segmentations.labels(posts, session.threads(), context, problems));
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    Subject subject =
        request.element().isEmpty()
            ? Subject.mostFrequent(counts)
            : new Subject(request.element());
    float[][] embeddings =
        new CampaignEncoder(session.pipeline(), segmentations, subject).encode(posts, context);
    Data data =
        new Data(
            posts,
            embeddings,
            session.encoder().blocks(),
            hashes(session, posts),
            request.encoder().text(),
            session.encoder().id(),
            subject,
            request.tones()
                ? Optional.empty()
                : Optional.of(
                    ColourCasts.of(
                        posts,
                        embeddings,
                        segmentations,
                        session.pipeline(),
                        subject,
                        request.seed(),
                        context)));
    double[] values =
        posts.stream().mapToDouble(p -> p.metric(metric).orElse(Double.NaN)).toArray();
    List<String> metadata = FeatureSpec.recognised(posts);
    Function<Trainer, Fit> fitting =
        trainer ->
            ModelFitter.fit(
                new ModelFitter.Request(
                    metric,
                    kind,
                    request.since(),
                    metadata,
                    trainer,
                    RefitDesign.Plan.standard(trainer, request.seed())),
                data,
                context);
    Fit first = fitting.apply(Ridge.chosen());
    List<Trainer> candidates = candidates(session, request);
    Optional<PostTags> tags =
        request.baselines() ? Optional.of(PostTags.of(session, posts)) : Optional.empty();
    List<dev.anvil.report.data.EvaluationRow> table =
        evaluate(session, request, candidates, first, data, values, metadata, tags);
    Trainer best = best(candidates, table);
    Fit fit = best.name().equals(Ridge.chosen().name()) ? first : fitting.apply(best);
    ModelReport report =
        ModelReport.of(posts, fit, table, Optional.of(conformal(best, fit, posts)));
    fit.model().save(session.workspace(), run);
    session.workspace().artefacts().putJson(run, REPORT, Session.json().writeValueAsString(report));
    session
        .workspace()
        .artefacts()
        .putJson(run, ELEMENTS, Session.json().writeValueAsString(counts));
    if (tags.isPresent()) {
      Baselines.keep(session, run, tags.get(), fit, request.seed());
    }
    return "model of " + metric;
  }

  /** Regressors of which the best one scores studies. */
  private static List<Trainer> candidates(Session session, Request request) {
    List<Trainer> candidates = new ArrayList<>();
    candidates.add(Ridge.chosen());
    candidates.add(XgBoost.light(session.threads(), request.seed()));
    if (request.blend()) {
      candidates.add(Blend.ridgeAndTrees(session.threads(), request.seed()));
    }
    return candidates;
  }

  /** The candidate with the smallest error on groups that it was not trained on. */
  private static Trainer best(
      List<Trainer> candidates, List<dev.anvil.report.data.EvaluationRow> table) {
    return candidates.stream()
        .min(
            Comparator.comparingDouble(
                c ->
                    table.stream()
                        .filter(e -> e.regressor().equals(c.name()) && e.split().equals("grouped"))
                        .mapToDouble(e -> e.rmse().point())
                        .findFirst()
                        .orElseThrow()))
        .orElseThrow();
  }

  private static List<dev.anvil.report.data.EvaluationRow> evaluate(
      Session session,
      Request request,
      List<Trainer> candidates,
      Fit fit,
      Data data,
      double[] values,
      List<String> metadata,
      Optional<PostTags> tags) {
    int[] rows = fit.fitRows();
    List<LocalDateTime> times =
        IntStream.of(rows).mapToObj(i -> data.posts().get(i).time()).toList();
    int[] groups = IntStream.of(rows).map(i -> fit.groups()[i]).toArray();
    List<Split> splits = Splits.all(times, groups, request.seed());
    Function<Split, double[]> target = target(fit, data, values, rows);
    List<Trainer> onAll = new ArrayList<>(candidates);
    onAll.add(0, new MeanOnly());
    if (request.baselines()) {
      onAll.addAll(Baselines.onEmbedding(session.threads(), request.seed()));
    }
    List<Trainer> onWhole = new ArrayList<>();
    onWhole.add(Ridge.chosen());
    if (request.paper()) {
      onWhole.add(XgBoost.paper(session.threads(), request.seed()));
    }
    List<dev.anvil.report.data.EvaluationRow> table = new ArrayList<>();
    table.addAll(
        ModelReport.rows(
            Evaluation.of(
                onAll,
                splits,
                target,
                fit.features().select(rows),
                groups,
                times,
                request.seed(),
                session.context()),
            ""));
    table.addAll(
        ModelReport.rows(
            Evaluation.of(
                onWhole,
                splits,
                target,
                whole(data, metadata).select(rows),
                groups,
                times,
                request.seed(),
                session.context()),
            " (whole picture only)"));
    if (tags.isPresent()) {
      table.addAll(
          ModelReport.rows(
              Evaluation.of(
                  Baselines.onTags(session.threads(), request.seed()),
                  splits,
                  target,
                  tags.get().features().select(rows),
                  groups,
                  times,
                  request.seed(),
                  session.context()),
              " (tags only)"));
    }
    return table;
  }

  private static Conformal conformal(Trainer trainer, Fit fit, List<Post> posts) {
    int[] rows = fit.fitRows();
    return Conformal.measure(
        trainer,
        fit.features().select(rows),
        IntStream.of(rows).mapToDouble(i -> fit.target()[i]).toArray(),
        IntStream.of(rows).map(i -> fit.groups()[i]).toArray(),
        IntStream.of(rows).mapToObj(i -> posts.get(i).time()).toList(),
        COVERAGE);
  }

  private static Matrix whole(Data data, List<String> metadata) {
    return FeatureSpec.fit(data.blocks(), FeatureView.WHOLE, data.posts(), metadata, true)
        .encode(data.embeddings(), data.posts())
        .matrix();
  }

  /** Targets of the fitted rows, by a transform that knows only a split's training rows. */
  private static Function<Split, double[]> target(Fit fit, Data data, double[] values, int[] rows) {
    List<LocalDateTime> times = data.posts().stream().map(Post::time).toList();
    return split -> {
      boolean[] training = new boolean[values.length];
      IntStream.of(split.train()).forEach(i -> training[rows[i]] = true);
      TargetTransform transform =
          TargetTransform.fit(fit.model().transform().state().options(), times, values, training);
      return IntStream.of(rows)
          .mapToDouble(i -> transform.apply(times.get(i), values[i]).orElseThrow())
          .toArray();
    };
  }

  /** Perceptual hash of each post's picture. */
  static long[] hashes(Session session, List<Post> posts) {
    ResultStore results = session.workspace().results();
    try (Phase phase = session.context().start("compare", posts.size())) {
      return posts.stream()
          .mapToLong(
              post -> {
                phase.step(1);
                Optional<String> known = results.get(HASH, post.creative());
                if (known.isPresent()) {
                  return Long.parseLong(known.get());
                }
                long hash = PerceptualHash.of(PictureReader.DEFAULT.read(post.picture())).bits();
                results.put(HASH, post.creative(), Long.toString(hash));
                return hash;
              })
          .toArray();
    }
  }

  private static Map<String, Integer> counts(Map<Post, List<String>> labels) {
    return labels.values().stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(l -> l, l -> 1, Integer::sum, TreeMap::new));
  }

  private static String metric(Campaign campaign, Request request) {
    List<String> metrics =
        campaign.posts().stream()
            .flatMap(p -> p.metrics().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    String metric =
        request
            .metric()
            .or(() -> metrics.stream().findFirst())
            .orElseThrow(() -> new InvalidInputException(campaign.name(), "has no metric"));
    if (!metrics.contains(metric)) {
      throw new InvalidInputException(
          "--metric", "found \"%s\"; expected one of %s".formatted(metric, metrics));
    }
    return metric;
  }

  private static String hash(Campaign campaign, String metric) {
    return Sha256.of(
        campaign.posts().stream()
            .map(
                p ->
                    String.join(
                        " ",
                        p.id(),
                        p.creative(),
                        p.time().toString(),
                        p.metric(metric).toString(),
                        new TreeMap<>(p.metadata()).toString()))
            .collect(Collectors.joining("\n")));
  }
}
