package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.Parallel;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.LearnedPosts;
import dev.anvil.predict.Planter;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Claims;
import dev.anvil.study.effect.Correction;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.effect.Disagreement;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.LabelErrors;
import dev.anvil.study.effect.MetricScale;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.effect.StudyPictures.Predicted;
import dev.anvil.study.label.InferredLabels;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.label.LevelClassifier;
import dev.anvil.study.label.PublicationColumns;
import dev.anvil.study.label.RuleLabels;
import dev.anvil.study.label.SelfTraining;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.Planting;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A study as one model sees it. Not safe for use from several threads. */
public final class ScoredStudy {
  private final FittedModel model;
  private final List<Post> posts;
  private final StudyPictures pictures;
  private final Map<String, RuleLabels> ruleLabels;
  private final KnownLabels known;
  private final EffectEstimator estimator;
  private final List<Differences> contrasts;
  private final Map<RefitEnsemble, Predicted> predicted = new HashMap<>();
  private Optional<PostResiduals> residuals = Optional.empty();

  /**
   * Scores all pictures.
   *
   * @param posts that the model was fitted to
   * @param pictures with the model's columns
   * @param ruleLabels by factor, the labels by its rules
   * @param known levels that somebody looked up
   */
  ScoredStudy(
      FittedModel model,
      List<Post> posts,
      StudyPictures pictures,
      Map<String, RuleLabels> ruleLabels,
      KnownLabels known,
      EstimationSettings settings,
      RunContext context) {
    this.model = requireNonNull(model, "model is null");
    this.posts = List.copyOf(posts);
    this.pictures = requireNonNull(pictures, "pictures is null");
    this.ruleLabels = Map.copyOf(ruleLabels);
    this.known = requireNonNull(known, "known is null");
    this.estimator = new EffectEstimator(settings);
    predict(context);
    this.contrasts =
        StudyPictures.with(
            StudyPictures.resampled(
                model.resampled().stream()
                    .map(
                        refits -> {
                          context.checkCancelled();
                          return pictures.contrasts(score(refits, Correction.NONE));
                        })
                    .toList()),
            pictures.contrasts(score(model.refits(), Correction.NONE)));
  }

  /** All that is scored more than once, on several threads. */
  private void predict(RunContext context) {
    List<RefitEnsemble> ensembles = new ArrayList<>(model.resampled());
    ensembles.add(model.refits());
    List<Predicted> scores =
        Parallel.map(
            "score pictures",
            ensembles,
            context.threads(),
            context,
            (refits, step) -> pictures.predict(refits));
    for (int k = 0; k < ensembles.size(); k++) {
      predicted.put(ensembles.get(k), scores.get(k));
    }
  }

  private ScoreTable score(RefitEnsemble refits, Correction correction) {
    return pictures.score(
        predicted.computeIfAbsent(refits, pictures::predict), model.transform(), correction);
  }

  /** The study that is judged. */
  public StudySpec spec() {
    return pictures.spec();
  }

  List<Differences> contrasts() {
    return contrasts;
  }

  /**
   * One effect per contrast, placebos among them, in the study's order; as they are of the model
   * alone, none of them says that there is no effect.
   */
  public List<Effect> effects() {
    return Claims.OF_MODEL_ALONE.withoutEquivalence(estimator.estimate(contrasts));
  }

  /**
   * What each post shows, by factor: as the rules of its levels and the study's variants tell it
   * alike, or as the one does that tells it at all; known labels go before both. Factors that
   * nothing tells are left out.
   */
  public List<InferredLabels> inferLabels(float[][] embeddings, RunContext context) {
    return inferLabels(embeddings, known, context);
  }

  /** The same, with other known labels. */
  public List<InferredLabels> inferLabels(
      float[][] embeddings, KnownLabels known, RunContext context) {
    List<InferredLabels> found = new ArrayList<>();
    Matrix seen = model.features(embeddings, posts);
    int[] groups = posts.stream().mapToInt(p -> model.description().groups().get(p.id())).toArray();
    for (LevelClassifier.Found classified : pictures.find(seen, context)) {
      Factor factor = factor(classified.column().name());
      InferredLabels.of(
              factor,
              posts,
              Optional.ofNullable(ruleLabels.get(factor.name())),
              classified,
              new SelfTraining(seen, groups, Seeds.derive(spec().seed(), factor.name())),
              known.of(factor),
              context)
          .ifPresent(found::add);
    }
    return found;
  }

  /**
   * The study once more, with effects corrected by what the tags of posts say of what refits that
   * never saw them leave.
   *
   * @param embeddings one row per post
   * @param tags what each post is known to show, by factor, and further columns to control for
   */
  public BiasCorrected correct(float[][] embeddings, List<TagColumn> tags, RunContext context) {
    Map<String, Double> kept = new HashMap<>();
    tags.forEach(tag -> kept.put(tag.name(), 1.0));
    return correct(embeddings, tags, Map.of(), kept, context);
  }

  /**
   * The study once more, with effects corrected by inferred labels, and where posts were published
   * controlled for.
   *
   * @param inferred by {@link #inferLabels}
   */
  public BiasCorrected corrected(
      float[][] embeddings, List<InferredLabels> inferred, RunContext context) {
    List<TagColumn> tags = new ArrayList<>(inferred.stream().map(InferredLabels::column).toList());
    tags.addAll(PublicationColumns.of(posts, tags));
    Map<String, Confusion> confusions = new HashMap<>();
    inferred.forEach(t -> t.confusion().ifPresent(m -> confusions.put(t.column().name(), m)));
    Map<String, Double> kept = new HashMap<>();
    inferred.forEach(t -> t.kept().ifPresent(share -> kept.put(t.column().name(), share)));
    return correct(embeddings, tags, confusions, kept, context);
  }

  /** The declared effects, corrected where they can be, placebos left out. */
  List<Effect> estimate(float[][] embeddings, RunContext context) {
    return corrected(embeddings, inferLabels(embeddings, context), context).declared();
  }

  private BiasCorrected correct(
      float[][] embeddings,
      List<TagColumn> given,
      Map<String, Confusion> confusions,
      Map<String, Double> kept,
      RunContext context) {
    PostResiduals of = residuals(embeddings);
    List<TagColumn> tags = withAccounts(given);
    CorrectionBy by =
        (weight, values, wrong) ->
            pictures.correction(weight, values, of.learned(), posts, tags, wrong);
    LabelErrors errors = LabelErrors.of(confusions);
    Correction own = by.of(Correction.WEIGHT, of.own(Correction.WEIGHT), errors);
    List<Resampled> resampled =
        Disagreement.of(
            spec(),
            contrasts(by, Correction.WEIGHT, of, errors, context),
            contrasts(by, Correction.LABELS_ALONE, of, errors, context));
    List<Factor> factors =
        spec().factors().stream()
            .filter(f -> !f.combines() && own.factors().contains(f.name()))
            .filter(f -> !confusions.containsKey(f.name()))
            .toList();
    Function<ModelResiduals, AccountStudy.Told> told =
        view -> {
          ScoreTable scores = score(view.refits(), view.correction());
          List<Differences> corrected = StudyPictures.with(resampled, pictures.contrasts(scores));
          return model
              .accounts()
              .map(
                  a ->
                      new AccountStudy(a, pictures, posts, of.learned())
                          .look(
                              corrected,
                              pictures.contrasts(score(view.refits(), Correction.NONE)),
                              view.residuals(),
                              tags,
                              factors,
                              new MetricScale(model.transform(), pictures.sources(), scores)))
              .orElseGet(() -> new AccountStudy.Told(corrected, List.of()));
        };
    return new BiasCorrected(
        estimator,
        own,
        withCombined(kept),
        score(model.refits(), own),
        told.apply(new ModelResiduals(model.refits(), own, of.own(Correction.WEIGHT))),
        () -> {
          double[] residuals = of.permuted(Correction.WEIGHT);
          return told.apply(
                  new ModelResiduals(
                      model.permuted(), by.of(Correction.WEIGHT, residuals, errors), residuals))
              .contrasts();
        });
  }

  /** With factors that combine others: wrong labels of each of these hide a part. */
  private Map<String, Double> withCombined(Map<String, Double> kept) {
    Map<String, Double> all = new HashMap<>(kept);
    for (Factor factor : spec().factors()) {
      if (factor.combines() && kept.keySet().containsAll(factor.parts())) {
        all.put(
            factor.name(),
            factor.parts().stream().mapToDouble(kept::get).reduce(1, (a, b) -> a * b));
      }
    }
    return all;
  }

  /** An ensemble with what it leaves of posts, and the correction by that. */
  private record ModelResiduals(RefitEnsemble refits, Correction correction, double[] residuals) {}

  /** With the account of each post, where there are several: nothing is compared between them. */
  private List<TagColumn> withAccounts(List<TagColumn> tags) {
    List<TagColumn> all = new ArrayList<>(tags);
    model
        .accounts()
        .filter(a -> tags.stream().noneMatch(t -> t.name().equals(a.column())))
        .ifPresent(a -> all.add(new TagColumn(a.column(), a.of(posts))));
    return all;
  }

  /** What posts with certain labels get beyond the weighted predictions of a model. */
  private interface CorrectionBy {
    /**
     * @param errors of the labels
     */
    Correction of(double weight, double[] residuals, LabelErrors errors);
  }

  private Disagreement.Contrasts contrasts(
      CorrectionBy by, double weight, PostResiduals of, LabelErrors errors, RunContext context) {
    List<double[]> residuals = of.resampled(weight);
    List<List<Differences>> resampled = new ArrayList<>();
    for (int k = 0; k < model.resampled().size(); k++) {
      context.checkCancelled();
      Correction again =
          by.of(
              weight, residuals.get(k), errors.resampled(Seeds.derive(spec().seed(), "labels", k)));
      resampled.add(pictures.contrasts(score(model.resampled().get(k), again)));
    }
    return new Disagreement.Contrasts(
        pictures.contrasts(score(model.refits(), by.of(weight, of.own(weight), errors))),
        resampled);
  }

  private PostResiduals residuals(float[][] embeddings) {
    if (residuals.isEmpty() || residuals.get().embeddings() != embeddings) {
      residuals = Optional.of(PostResiduals.of(model, posts, embeddings));
    }
    return residuals.get();
  }

  /** Which posts show a level. */
  @FunctionalInterface
  public interface Shows {
    boolean level(Post post, Factor factor, String level);
  }

  /**
   * Calibrates every contrast but placebos and combinations, in the study's order.
   *
   * @param embeddings one row per post
   * @param shows which posts have what is planted
   */
  public List<Calibration> calibrate(
      float[][] embeddings, Shows shows, int threads, RunContext context) {
    Planter planter =
        Planter.of(model, LearnedPosts.of(model, posts, embeddings), threads, context);
    ContrastCalibration calibration =
        new ContrastCalibration(planter, new Planting(model, planter, pictures), posts, pictures);
    List<Calibration> calibrations = new ArrayList<>();
    for (Differences contrast : contrasts) {
      if (!contrast.placebo() && !factor(contrast.factor()).combines()) {
        Factor factor = factor(contrast.factor());
        calibrations.add(
            calibration.of(
                contrast, factor, post -> shows.level(post, factor, contrast.level()), context));
      }
    }
    return calibrations;
  }

  /**
   * A difference on the target's scale as a ratio minus one on the metric's, from where what the
   * level is compared with is predicted to be.
   */
  public Interval relative(String factor, String level, Interval target) {
    return new MetricScale(
            model.transform(), pictures.sources(), score(model.refits(), Correction.NONE))
        .relative(factor(factor), level, target);
  }

  private Factor factor(String name) {
    return spec().factors().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }
}
