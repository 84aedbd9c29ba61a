package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Editors;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.TextEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import dev.anvil.stats.AlphaSpending;
import dev.anvil.store.Stores;
import dev.anvil.study.StudyListener.InterimEstimates;
import dev.anvil.study.StudyPictureMaker.Growth;
import dev.anvil.study.StudyResult.InterimAnalysis;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.design.StudyPlan;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.label.InferredLabels;
import dev.anvil.study.label.KnownLabels;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.label.TextLabels;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.variant.ScoredVariant;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.tags.TagColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Runs studies: edits the sources, scores every variant and its control by the refits that never
 * saw the source, and estimates the declared contrasts (docs/method.md section 3).
 */
public final class StudyRunner {
  private final FittedModel model;
  private final CampaignEncoder encoder;
  private final VariantStudio studio;
  private final StudyPictureMaker maker;
  private final RuleLabeller labeller;

  /**
   * A runner for one fitted model.
   *
   * @param pipeline of the encoder that the model was fitted with
   * @param encoderId names that encoder, by hash
   * @param texts its text tower, where it has one; opened only if posts are found by descriptions
   * @param editors makes the study's editors
   */
  public StudyRunner(
      FittedModel model,
      SegmentationCache segmentations,
      EncodingPipeline pipeline,
      String encoderId,
      Supplier<Optional<TextEncoder>> texts,
      Editors editors,
      Stores stores) {
    Subject subject = requireNonNull(model, "model is null").description().subject();
    requireNonNull(texts, "texts is null");
    this.model = model;
    this.encoder = new CampaignEncoder(pipeline, segmentations, subject);
    this.studio = new VariantStudio(segmentations, pipeline, stores, subject);
    this.maker =
        new StudyPictureMaker(
            model,
            segmentations,
            encoder,
            studio,
            editors,
            stores,
            StudyPlan.viewId(encoderId, segmentations.id(), subject));
    this.labeller =
        new RuleLabeller(
            new LabelFinder(
                segmentations,
                stores.results(),
                () ->
                    texts
                        .get()
                        .map(t -> new TextLabels(t, p -> encoder.encode(p, RunContext.NONE)))),
            studio);
  }

  /**
   * Runs one study.
   *
   * @param specHash SHA-256 of the study file
   * @param folder paths in the study are relative to it
   * @param posts to choose sources from
   */
  public StudyResult run(
      StudySpec spec, String specHash, Path folder, List<Post> posts, RunContext context) {
    return run(spec, specHash, folder, posts, Optional.empty(), context);
  }

  /**
   * As above.
   *
   * @param listener hears of variants and estimates while the study runs; its result is the same
   */
  public StudyResult run(
      StudySpec spec,
      String specHash,
      Path folder,
      List<Post> posts,
      Optional<StudyListener> listener,
      RunContext context) {
    listener.ifPresent(l -> l.began(spec.sources().count()));
    List<Post> learned = learned(posts);
    float[][] embeddings = encoder.encode(learned, context);
    KnownLabels known = KnownLabels.read(spec, folder, posts);
    Map<String, Map<String, String>> ofPosts = labeller.ofPosts(spec, posts, context);
    AlphaSpending spending = spec.sources().interimAnalyses();
    List<InterimAnalysis> interimAnalyses = new ArrayList<>();
    for (int k = 0; ; k++) {
      StudySpec now = spec.with(spec.sources().withCount(spending.sizes().get(k)));
      EstimationSettings settings = EstimationSettings.of(spec).spending(spending.share(k));
      BiFunction<StudyPictures, RunContext, PreparedStudy> preparing =
          (pictures, within) ->
              new PreparedStudy(
                  pictures, labeller.withVariants(ofPosts, pictures, within), known, settings);
      Growth growth =
          listener
              .<Growth>map(
                  l ->
                      new GrowingStudy(
                          l,
                          part ->
                              preparing
                                  .apply(part, context.silent())
                                  .score(model, learned, context.silent())
                                  .estimate(embeddings, context.silent())))
              .orElse(Growth.NONE);
      PreparedStudy prepared =
          preparing.apply(maker.make(now, folder, posts, growth, context), context);
      StudyResult result =
          result(spec, specHash, prepared, learned, embeddings, interimAnalyses, context);
      InterimAnalysis analysis = result.interimAnalyses().get(k);
      interimAnalyses.add(analysis);
      if (spending.sizes().size() > 1) {
        listener.ifPresent(l -> l.estimated(InterimEstimates.of(analysis, result.effects())));
      }
      boolean narrow =
          spec.sources()
              .stop()
              .filter(
                  s -> interimAnalyses.get(interimAnalyses.size() - 1).halfWidth() <= s.halfWidth())
              .isPresent();
      if (narrow
          || k == spending.sizes().size() - 1
          || result.sources().size() < spending.sizes().get(k)) {
        return result;
      }
    }
  }

  /**
   * One analysis.
   *
   * @param before earlier interim analyses
   */
  private StudyResult result(
      StudySpec spec,
      String specHash,
      PreparedStudy prepared,
      List<Post> learned,
      float[][] embeddings,
      List<InterimAnalysis> before,
      RunContext context) {
    StudyPictures pictures = prepared.pictures();
    VariantRecords variants = new VariantRecords(pictures, studio);
    ScoredStudy scored = prepared.score(model, learned, context);
    List<InferredLabels> inferred = scored.inferLabels(embeddings, context);
    BiasCorrected corrected = scored.corrected(embeddings, inferred, context);
    List<Effect> effects = corrected.effects();
    List<Effect> declared = corrected.declared();
    List<InterimAnalysis> interimAnalyses = new ArrayList<>(before);
    interimAnalyses.add(InterimAnalysis.of(pictures.sources().size(), declared));
    return new StudyResult(
        spec.of(model.description().metric()),
        specHash,
        pictures.sources().stream().map(s -> s.post().id()).toList(),
        interimAnalyses,
        pictures.sources().size() + pictures.cells().size(),
        declared,
        scored.effects().stream().filter(e -> !e.placebo()).toList(),
        origins(spec, inferred, corrected.factors()),
        notes(inferred, corrected, pictures, context),
        effects.stream().filter(Effect::placebo).toList(),
        corrected.permuted(),
        variants.drifts(),
        variants.scored(corrected.scores(), context),
        corrected.accounts(),
        labelled(spec, learned, inferred, corrected.factors()));
  }

  /** By corrected factor and level, the posts that are labelled with it. */
  private static Map<String, Map<String, List<String>>> labelled(
      StudySpec spec, List<Post> learned, List<InferredLabels> inferred, Set<String> corrected) {
    Map<String, Map<String, List<String>>> labelled = new TreeMap<>();
    for (InferredLabels of : inferred) {
      TagColumn column = of.column();
      boolean counts =
          spec.factors().stream()
              .anyMatch(f -> corrected.contains(f.name()) && f.parts().contains(column.name()));
      if (counts) {
        Map<String, List<String>> byLevel =
            labelled.computeIfAbsent(column.name(), f -> new TreeMap<>());
        for (int i = 0; i < learned.size(); i++) {
          if (!column.values().get(i).isEmpty()) {
            byLevel
                .computeIfAbsent(column.values().get(i), l -> new ArrayList<>())
                .add(learned.get(i).id());
          }
        }
      }
    }
    return labelled;
  }

  private List<String> notes(
      List<InferredLabels> inferred,
      BiasCorrected corrected,
      StudyPictures pictures,
      RunContext context) {
    Map<String, Double> recognised = new HashMap<>();
    inferred.forEach(
        of -> of.recognised().ifPresent(share -> recognised.put(of.column().name(), share)));
    List<String> notes = new ArrayList<>(pictures.doubts(recognised, context));
    notes.addAll(corrected.notes());
    model
        .accounts()
        .ifPresent(
            a ->
                notes.addAll(
                    AccountNotes.of(
                        a.column(),
                        a.of(pictures.sources().stream().map(Source::post).toList()),
                        corrected.accounts())));
    return notes;
  }

  /** By corrected factor, how the labels of posts were inferred. */
  private static Map<String, String> origins(
      StudySpec spec, List<InferredLabels> inferred, Set<String> corrected) {
    Map<String, String> how =
        inferred.stream().collect(Collectors.toMap(t -> t.column().name(), InferredLabels::how));
    return spec.factors().stream()
        .filter(f -> corrected.contains(f.name()))
        .collect(
            Collectors.toMap(
                Factor::name,
                f ->
                    f.parts().stream().map(how::get).distinct().collect(Collectors.joining("; "))));
  }

  /**
   * The level that each post shows of a factor, by the post's id: by label rules where all levels
   * have some, else by a classifier trained on the factor's variants, which are made for it. The
   * empty text where neither tells one.
   *
   * @param folder paths in the study are relative to it
   */
  public Map<String, String> inferred(
      StudySpec spec, Factor factor, Path folder, List<Post> posts, RunContext context) {
    StudySpec alone = spec.only(factor);
    Map<String, String> byRules = labeller.ofPosts(alone, posts, context).get(factor.name());
    if (byRules != null) {
      return byRules;
    }
    List<Post> learned = learned(posts);
    Map<String, String> levels = new HashMap<>();
    for (InferredLabels found :
        prepare(alone, folder, posts, context)
            .score(model, learned, context)
            .inferLabels(encoder.encode(learned, context), KnownLabels.NONE, context)) {
      for (int i = 0; i < learned.size(); i++) {
        levels.put(learned.get(i).id(), found.column().values().get(i));
      }
    }
    return levels;
  }

  /**
   * The variants of a study whose sources are all used, none of which is made: what could be made
   * elsewhere before {@link #run} reads it from the stores.
   *
   * @param folder paths in the study are relative to it
   * @param posts to choose sources from
   */
  public List<Cell> cells(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    return maker.plan(spec, folder, posts, context).cells();
  }

  /**
   * Makes, checks and scores these variants. Scores are the model's alone: {@link #run} corrects
   * them by what posts show of the levels.
   *
   * @param folder paths in the study are relative to it
   * @param posts to choose sources from
   * @return one per variant, in the study's order
   */
  public List<ScoredVariant> variants(
      StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    StudyPictures pictures =
        pictures(spec, folder, posts, context)
            .scoredBy(model, learned(posts), UnaryOperator.identity());
    return new VariantRecords(pictures, studio)
        .scored(pictures.score(model.refits(), model.transform()), context);
  }

  /** The blob of a variant's PNG; made again where it was not kept. */
  public String picture(Cell cell, RunContext context) {
    return studio.png(cell, context);
  }

  private List<Post> learned(List<Post> posts) {
    return posts.stream().filter(p -> model.description().groups().containsKey(p.id())).toList();
  }

  /**
   * What a study will cost and what it can find, by making and scoring a few of its sources. Their
   * pictures are kept and need not be made again; their effects are not told.
   *
   * @param pilot sources to make, at least {@link StudyForecast#FEWEST}
   * @throws dev.anvil.InvalidInputException when too few posts qualify
   */
  public StudyForecast forecast(
      StudySpec spec, Path folder, List<Post> posts, int pilot, RunContext context) {
    return new Forecasting(model, maker, studio, labeller)
        .of(spec, folder, posts, learned(posts), encoder, pilot, context);
  }

  /** Makes the pictures of a study once, for any number of models to be scored on. */
  public PreparedStudy prepare(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    return prepare(spec, folder, posts, posts, context);
  }

  /**
   * The same with models of other posts to come.
   *
   * @param posts to choose sources from
   * @param learned that models will be fitted to
   */
  public PreparedStudy prepare(
      StudySpec spec, Path folder, List<Post> posts, List<Post> learned, RunContext context) {
    StudyPictures pictures = maker.make(spec, folder, posts, Growth.NONE, context);
    return new PreparedStudy(
        pictures,
        labeller.withVariants(labeller.ofPosts(spec, learned, context), pictures, context),
        KnownLabels.read(spec, folder, learned),
        EstimationSettings.of(spec));
  }

  /** Makes, checks and encodes the sources and variants of a study; what is known is read. */
  StudyPictures pictures(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    return maker.make(spec, folder, posts, Growth.NONE, context);
  }

  /** Encodes posts as the model does. */
  CampaignEncoder encoder() {
    return encoder;
  }

  /** Finds posts with a characteristic. */
  LabelFinder labels() {
    return labeller.labels();
  }
}
