package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.LearnedPosts;
import dev.anvil.predict.Planter;
import dev.anvil.predict.refit.RefitEnsemble;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Correction;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EffectEstimator;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.MetricScale;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.effect.StudyPictures.Predicted;
import dev.anvil.study.label.LevelClassifier;
import dev.anvil.study.plant.Calibration;
import dev.anvil.study.plant.Planting;
import dev.anvil.study.plant.Planting.Characteristic;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.Confusion;
import dev.anvil.tags.Confusion.Labelled;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A study whose pictures were made, checked and encoded once, on which models of different metrics
 * of the same pictures are judged: real ones, or those of simulated worlds (docs/method.md section
 * 7.2).
 */
public final class PreparedStudy {
  /** A column with more values is rather a name or a number than a kind of post. */
  private static final int MOST_VALUES = 20;

  private final StudyPictures pictures;
  private final Map<String, RuleLabels> ruleLabels;
  private final EstimationSettings settings;

  /**
   * A prepared study.
   *
   * @param ruleLabels by factor, the labels by its rules
   * @param settings how effects are estimated
   */
  PreparedStudy(
      StudyPictures pictures, Map<String, RuleLabels> ruleLabels, EstimationSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
    this.ruleLabels = Map.copyOf(ruleLabels);
    this.pictures = requireNonNull(pictures, "pictures is null");
  }

  StudyPictures pictures() {
    return pictures;
  }

  public StudySpec spec() {
    return pictures.spec();
  }

  /** Where posts were published: metadata columns of few values that are no factor. */
  private static List<TagColumn> published(List<Post> posts, List<TagColumn> tags) {
    Set<String> factors = tags.stream().map(TagColumn::name).collect(Collectors.toSet());
    Set<String> names = new TreeSet<>();
    posts.forEach(post -> names.addAll(post.metadata().keySet()));
    return names.stream()
        .filter(name -> !factors.contains(name))
        .map(
            name ->
                new TagColumn(
                    name, posts.stream().map(p -> p.metadata().getOrDefault(name, "")).toList()))
        .filter(c -> c.levels().size() > 1 && c.levels().size() <= MOST_VALUES)
        .toList();
  }

  /** Which posts show a level. */
  @FunctionalInterface
  public interface Shows {
    boolean level(Post post, Factor factor, String level);
  }

  /**
   * Labels by the rules of a factor.
   *
   * @param posts level by post, the empty text for none
   * @param variants labels of variants, whose level is known; empty where none were labelled
   */
  record RuleLabels(Map<String, String> posts, List<Labelled> variants) {
    RuleLabels {
      posts = Map.copyOf(posts);
      variants = List.copyOf(variants);
    }
  }

  /**
   * Labels of posts for one factor.
   *
   * @param column level of each post
   * @param how they were inferred, for people
   * @param confusion their errors, where those were counted
   */
  public record InferredLabels(TagColumn column, String how, Optional<Confusion> confusion) {}

  /** A study whose effects are corrected. */
  public final class BiasCorrected {
    private final Set<String> factors;
    private final ScoreTable scores;
    private final Supplier<ScoreTable> permuted;
    private final List<Resampled> resampled;

    private BiasCorrected(
        Set<String> factors,
        ScoreTable scores,
        Supplier<ScoreTable> permuted,
        List<Resampled> resampled) {
      this.factors = factors;
      this.scores = scores;
      this.permuted = permuted;
      this.resampled = resampled;
    }

    /** Names of the factors that could be corrected; of others the effects are as they were. */
    public Set<String> factors() {
      return factors;
    }

    /** One effect per contrast, placebos among them, in the study's order. */
    public List<Effect> effects() {
      return estimate(StudyPictures.with(resampled, pictures.contrasts(scores)));
    }

    /** The same contrasts, but placebos, by refits to a target in random order. */
    public List<Effect> permuted() {
      return estimate(
          StudyPictures.with(resampled, pictures.contrasts(permuted.get())).stream()
              .filter(d -> !d.placebo())
              .map(Differences::asPlacebo)
              .toList());
    }

    ScoreTable scores() {
      return scores;
    }
  }

  private List<Effect> estimate(List<Differences> contrasts) {
    return new EffectEstimator(settings).estimate(contrasts);
  }

  /**
   * Residuals of posts: targets less weighted predictions.
   *
   * @param own by its refits
   * @param resampled by each of its resampled ensembles
   */
  private record Residuals(
      float[][] embeddings, LearnedPosts learned, double[] own, List<double[]> resampled) {}

  /** The study as one model sees it. Not safe for use from several threads. */
  public final class ScoredStudy {
    private final FittedModel model;
    private final StudyPictures scoredPictures;
    private final List<Post> posts;
    private final List<Differences> contrasts;
    private final Map<RefitEnsemble, Predicted> predicted = new HashMap<>();
    private Optional<Residuals> computed = Optional.empty();

    private ScoredStudy(FittedModel model, List<Post> posts, RunContext context) {
      this.model = model;
      this.posts = posts;
      this.scoredPictures = pictures.scoredBy(model, posts);
      this.contrasts =
          StudyPictures.with(
              StudyPictures.resampled(
                  model.resampled().stream()
                      .map(
                          refits -> {
                            context.checkCancelled();
                            return scoredPictures.contrasts(score(refits, Correction.NONE));
                          })
                      .toList()),
              scoredPictures.contrasts(score(model.refits(), Correction.NONE)));
    }

    private ScoreTable score(RefitEnsemble refits, Correction correction) {
      return scoredPictures.score(
          predicted.computeIfAbsent(refits, scoredPictures::predict),
          model.transform(),
          correction);
    }

    /** One effect per contrast, placebos among them, in the study's order. */
    public List<Effect> effects() {
      return estimate(contrasts);
    }

    /**
     * The study once more, with effects corrected by what the tags of posts say of what refits that
     * never saw them leave.
     *
     * @param embeddings one row per post
     * @param tags what each post shows, by factor, and further columns to control for
     */
    public BiasCorrected correct(
        float[][] embeddings, List<TagColumn> tags, RunContext context) {
      return correct(embeddings, tags, Map.of(), context);
    }

    private BiasCorrected correct(
        float[][] embeddings,
        List<TagColumn> tags,
        Map<String, Confusion> confusions,
        RunContext context) {
      Residuals residuals = residuals(embeddings);
      Function<double[], Correction> correction =
          of -> scoredPictures.correction(of, residuals.learned(), posts, tags, confusions);
      Correction own = correction.apply(residuals.own());
      List<List<Differences>> resampled = new ArrayList<>();
      for (int k = 0; k < model.resampled().size(); k++) {
        context.checkCancelled();
        resampled.add(
            scoredPictures.contrasts(
                score(model.resampled().get(k), correction.apply(residuals.resampled().get(k)))));
      }
      return new BiasCorrected(
          own.factors(),
          score(model.refits(), own),
          () ->
              score(
                  model.permuted(),
                  correction.apply(
                      residuals.learned().permutedResiduals(model, Correction.WEIGHT))),
          StudyPictures.resampled(resampled));
    }

    /**
     * The study once more, with effects corrected by inferred labels, and where posts were
     * published controlled for.
     *
     * @param inferred by {@link #inferLabels}
     */
    public BiasCorrected corrected(
        float[][] embeddings, List<InferredLabels> inferred, RunContext context) {
      List<TagColumn> tags =
          new ArrayList<>(inferred.stream().map(InferredLabels::column).toList());
      tags.addAll(published(posts, tags));
      Map<String, Confusion> confusions = new HashMap<>();
      inferred.forEach(t -> t.confusion().ifPresent(m -> confusions.put(t.column().name(), m)));
      return correct(embeddings, tags, confusions, context);
    }

    private Residuals residuals(float[][] embeddings) {
      if (computed.isEmpty() || computed.get().embeddings() != embeddings) {
        LearnedPosts learned = LearnedPosts.of(model, posts, embeddings);
        computed =
            Optional.of(
                new Residuals(
                    embeddings,
                    learned,
                    learned.residuals(model.refits(), Correction.WEIGHT),
                    learned.resampledResiduals(model, Correction.WEIGHT)));
      }
      return computed.get();
    }

    /** The study that is judged. */
    public StudySpec spec() {
      return pictures.spec();
    }

    List<Differences> contrasts() {
      return contrasts;
    }

    /**
     * What each post shows, by factor: as the rules of its levels and the study's variants tell it
     * alike, or as the one does that tells it at all. Factors that neither tells are left out.
     */
    public List<InferredLabels> inferLabels(float[][] embeddings, RunContext context) {
      List<InferredLabels> found = new ArrayList<>();
      for (LevelClassifier.Found inferred :
          scoredPictures.find(model.features(embeddings, posts), context)) {
        String name = inferred.column().name();
        RuleLabels byRules = ruleLabels.get(name);
        if (byRules != null) {
          TagColumn rules =
              new TagColumn(name, posts.stream().map(p -> byRules.posts().get(p.id())).toList());
          found.add(
              inferred.isUsable()
                  ? new InferredLabels(
                      agreed(rules, inferred.column()),
                      "label rules, where a classifier trained on the variants agrees",
                      Optional.empty())
                  : fromRules(rules, byRules.variants()));
        } else if (inferred.isUsable()) {
          found.add(
              new InferredLabels(
                  inferred.column(),
                  String.format(
                      Locale.ROOT,
                      "a classifier trained on the variants, correct for %.0f %% of them",
                      100 * inferred.accuracy()),
                  Optional.empty()));
        }
      }
      return found;
    }

    private InferredLabels fromRules(TagColumn rules, List<Labelled> variants) {
      if (variants.isEmpty()) {
        return new InferredLabels(rules, "label rules", Optional.empty());
      }
      List<String> levels = List.copyOf(factor(rules.name()).levels().keySet());
      return new InferredLabels(
          rules,
          "label rules, corrected for their error rate on the variants",
          Optional.of(Confusion.of(levels, variants, rules.values())));
    }

    /**
     * A wrong label hides part of the residual of its level; a post without a label costs little.
     */
    private static TagColumn agreed(TagColumn rules, TagColumn classified) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < rules.values().size(); i++) {
        String level = rules.values().get(i);
        values.add(level.equals(classified.values().get(i)) ? level : "");
      }
      return new TagColumn(rules.name(), values);
    }

    /**
     * Calibrates every contrast but placebos and combinations, in the study's order.
     *
     * @param embeddings one row per post
     * @param shows which posts have what is planted
     */
    public List<Calibration> calibrate(
        float[][] embeddings, Shows shows, int threads, RunContext context) {
      Planter planter = Planter.of(model, LearnedPosts.of(model, posts, embeddings), threads, context);
      Planting planting = new Planting(model, planter, scoredPictures);
      boolean[] plantable = planter.plantable();
      List<Calibration> calibrations = new ArrayList<>();
      for (Differences contrast : contrasts) {
        if (!contrast.placebo() && !factor(contrast.factor()).combines()) {
          Factor factor = factor(contrast.factor());
          boolean[] onPosts = new boolean[posts.size()];
          for (int i = 0; i < onPosts.length; i++) {
            onPosts[i] = plantable[i] && shows.level(posts.get(i), factor, contrast.level());
          }
          boolean[] onSources = new boolean[scoredPictures.sources().size()];
          for (int i = 0; i < onSources.length; i++) {
            onSources[i] =
                shows.level(scoredPictures.sources().get(i).post(), factor, contrast.level());
          }
          calibrations.add(
              planting.calibrate(
                  contrast,
                  new Characteristic(
                      factor,
                      contrast.level(),
                      LabelRule.where(factor.name(), contrast.level()),
                      onPosts,
                      onSources),
                  context));
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
              model.transform(), scoredPictures.sources(), score(model.refits(), Correction.NONE))
          .relative(factor(factor), level, target);
    }
  }

  /**
   * Judges a model.
   *
   * @param posts that it was fitted to
   */
  public ScoredStudy score(FittedModel model, List<Post> posts, RunContext context) {
    return new ScoredStudy(model, List.copyOf(posts), context);
  }

  private Factor factor(String name) {
    return spec().factors().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }
}
