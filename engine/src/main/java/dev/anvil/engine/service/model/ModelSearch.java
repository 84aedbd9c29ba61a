package dev.anvil.engine.service.model;

import dev.anvil.RunContext;
import dev.anvil.campaign.MetricKind;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.FitRequest.Option;
import dev.anvil.predict.Evaluation;
import dev.anvil.predict.Exposure;
import dev.anvil.predict.FeatureSpec;
import dev.anvil.predict.FeatureView;
import dev.anvil.predict.MetadataChoice;
import dev.anvil.predict.MetricValues;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.ModelFitter.Fit;
import dev.anvil.predict.PictureGain;
import dev.anvil.predict.Preference;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.Clusters;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.refit.RefitWorkers;
import dev.anvil.predict.regressor.Blend;
import dev.anvil.predict.regressor.MeanOnly;
import dev.anvil.predict.regressor.Regressors;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.Trainer;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.predict.target.Smoothed;
import dev.anvil.report.data.EvaluationRow;
import dev.anvil.report.data.ModelReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fits the candidates, evaluates them beside baselines, and keeps the best one. */
final class ModelSearch {
  private final FitRequest request;
  private final ModelFitter.Data data;
  private final Optional<PostTags> tags;
  private final String metric;
  private final MetadataChoice metadata;
  private final MetricValues values;
  private final Optional<List<String>> accounts;
  private final MetricKind kind;
  private final Smoothed smoothed;
  private final SplitTests splits;
  private final RefitWorkers refits;

  /**
   * The best model, and how well all predict.
   *
   * @param gain what pictures add to metadata, where there is some
   */
  record Found(Fit fit, ModelReport report, Optional<PictureGain> gain, MetadataChoice metadata) {}

  ModelSearch(
      FitRequest request,
      MetricKind kind,
      CampaignPictures pictures,
      Optional<PostTags> tags,
      Optional<Exposure> exposure,
      RefitWorkers refits) {
    this.refits = refits;
    this.smoothed =
        exposure.map(e -> e.smoothed(pictures.data().posts())).orElseGet(Smoothed::none);
    this.kind = kind;
    this.request = request;
    this.data = pictures.data();
    this.tags = tags;
    this.metric = request.metric().orElseThrow();
    this.metadata =
        MetadataChoice.of(
            data.posts(),
            metric,
            request.columns().features(),
            Stream.concat(request.group().stream(), exposure.map(Exposure::column).stream())
                .collect(Collectors.toSet()));
    this.values = MetricValues.of(data.posts(), metric, kind, request.group(), smoothed);
    this.accounts = values.accounts();
    this.splits = new SplitTests(data, values, request.seed());
  }

  /** Nothing is learned from pictures: predictions are the mean, for lack of posts. */
  private Found withoutPictures(RunContext context) {
    Fit fit =
        ModelFitter.fit(
            new ModelFitter.Request(
                metric,
                kind,
                request.since(),
                List.of(),
                new MeanOnly(),
                new RefitDesign.Plan(4, 2, 0, request.seed())),
            data,
            smoothed,
            context);
    return new Found(
        fit,
        ModelReport.of(
            data.posts(),
            fit,
            List.of(),
            splits.conformal(new MeanOnly(), fit, context),
            Optional.empty()),
        Optional.empty(),
        metadata);
  }

  Found run(RunContext context) {
    if (data.posts().stream().filter(p -> p.metric(metric).isPresent()).count() < FewPosts.ENOUGH) {
      return withoutPictures(context);
    }
    Fit first = fit(Ridge.chosen(), context);
    List<Trainer> candidates = candidates(context);
    Matrix encoded =
        first.model().description().columns().encode(data.embeddings(), data.posts()).matrix();
    Evaluation evaluation = splits.evaluate(tested(candidates, context), first, encoded, context);
    Trainer best = best(candidates, evaluation, first);
    Fit fit = first;
    if (!best.name().equals(Ridge.chosen().name())) {
      first.model().close();
      fit = fit(best, context);
    }
    Optional<Evaluation> onMetadata = onMetadata(candidates, first, context);
    int[] clusters = splits.clusters(fit);
    return new Found(
        fit,
        ModelReport.of(
            data.posts(),
            fit,
            table(evaluation, onMetadata, first, context),
            splits.conformal(best, fit, context),
            splits.newAccounts(best, fit, encoded, context)),
        onMetadata.map(
            without ->
                PictureGain.of(
                    evaluation.result(best.name(), choosingSplit()),
                    candidates.stream()
                        .map(c -> without.result(c.name(), choosingSplit()))
                        .toList(),
                    clusters,
                    request.seed(),
                    context)),
        metadata);
  }

  /** The candidates on all columns but those of pictures. */
  private Optional<Evaluation> onMetadata(List<Trainer> candidates, Fit fit, RunContext context) {
    return fit.model()
        .description()
        .columns()
        .withoutPictures()
        .map(
            columns ->
                splits.evaluate(
                    candidates,
                    fit,
                    columns.encode(data.embeddings(), data.posts()).matrix(),
                    context));
  }

  private Fit fit(Trainer trainer, RunContext context) {
    return ModelFitter.fit(
        new ModelFitter.Request(
            metric,
            kind,
            request.since(),
            metadata.used(),
            refits.spread(trainer, context.threads(), request.seed()),
            RefitDesign.Plan.standard(trainer, request.seed()),
            request.group()),
        data,
        smoothed,
        context);
  }

  /** Regressors of which the best one scores studies. */
  private List<Trainer> candidates(RunContext context) {
    List<Trainer> candidates =
        new ArrayList<>(Regressors.candidates(context.threads(), request.seed()));
    if (request.options().contains(Option.BLEND)) {
      candidates.add(Blend.ridgeAndTrees(context.threads(), request.seed()));
    }
    return candidates;
  }

  /** The candidate that scores studies; the first is the simplest. */
  private Trainer best(List<Trainer> candidates, Evaluation evaluation, Fit fit) {
    Preference preference =
        Preference.of(
            candidates.stream().map(c -> evaluation.result(c.name(), choosingSplit())).toList(),
            splits.clusters(fit));
    return candidates.stream()
        .filter(c -> c.name().equals(preference.chosen()))
        .findFirst()
        .orElseThrow();
  }

  private String choosingSplit() {
    return Clusters.choosingSplit(
        accounts.map(names -> names.stream().distinct().count()).orElse(0L));
  }

  /** The candidates among what they are compared with. */
  private List<Trainer> tested(List<Trainer> candidates, RunContext context) {
    List<Trainer> tested = new ArrayList<>(candidates);
    tested.add(0, new MeanOnly());
    if (tags.isPresent()) {
      tested.addAll(Baselines.onEmbedding(context.threads(), request.seed()));
    }
    return tested;
  }

  private List<EvaluationRow> table(
      Evaluation evaluation, Optional<Evaluation> onMetadata, Fit fit, RunContext context) {
    int threads = context.threads();
    List<Trainer> onWhole = new ArrayList<>();
    onWhole.add(Ridge.chosen());
    if (request.options().contains(Option.PAPER)) {
      onWhole.add(XgBoost.paper(threads, request.seed()));
    }
    List<EvaluationRow> table = new ArrayList<>(ModelReport.rows(evaluation, ""));
    onMetadata.ifPresent(e -> table.addAll(ModelReport.rows(e, " (metadata only)")));
    table.addAll(
        ModelReport.rows(splits.evaluate(onWhole, fit, whole(), context), " (whole picture only)"));
    if (tags.isPresent()) {
      table.addAll(
          ModelReport.rows(
              splits.evaluate(
                  Baselines.onTags(threads, request.seed()), fit, tags.get().features(), context),
              " (tags only)"));
    }
    return table;
  }

  private Matrix whole() {
    return FeatureSpec.fit(
            data.blocks(),
            FeatureView.WHOLE,
            data.posts(),
            metadata.used(),
            FeatureSpec.dated(data.posts()))
        .encode(data.embeddings(), data.posts())
        .matrix();
  }
}
