package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.TextEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.stats.AlphaSpending;
import dev.anvil.store.Stores;
import dev.anvil.study.StudyResult.InterimAnalysis;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.GeneratedSources;
import dev.anvil.study.design.Source;
import dev.anvil.study.design.SourceSelector;
import dev.anvil.study.design.StudyPlan;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.EstimationSettings;
import dev.anvil.study.effect.ScoreTable;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.label.InferredLabels;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.label.RuleLabels;
import dev.anvil.study.label.TextLabels;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.spec.StudySpec.Generation;
import dev.anvil.study.variant.Drift;
import dev.anvil.study.variant.ScoredVariant;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.tags.Confusion.Labelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Runs studies: edits the sources, scores every variant and its control by the refits that never
 * saw the source, and estimates the declared contrasts (docs/method.md section 3).
 */
public final class StudyRunner {
  /** Source creatives per factor whose pictures are kept for the report. */
  private static final int SHOWN = 3;

  private final FittedModel model;
  private final SegmentationCache segmentations;
  private final CampaignEncoder encoder;
  private final VariantStudio studio;
  private final Editors editors;
  private final Supplier<Optional<TextEncoder>> texts;
  private final Stores stores;
  private final String viewId;

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
    this.model = requireNonNull(model, "model is null");
    this.segmentations = requireNonNull(segmentations, "segmentations is null");
    this.editors = requireNonNull(editors, "editors is null");
    this.encoder = new CampaignEncoder(pipeline, segmentations, model.description().subject());
    this.studio = new VariantStudio(segmentations, pipeline, stores, model.description().subject());
    this.texts = requireNonNull(texts, "texts is null");
    this.stores = requireNonNull(stores, "stores is null");
    this.viewId = encoderId + segmentations.id() + model.description().subject();
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
    List<Post> learned =
        posts.stream().filter(p -> model.description().groups().containsKey(p.id())).toList();
    float[][] embeddings = encoder.encode(learned, context);
    Map<String, Map<String, String>> ofPosts = ofPosts(spec, posts, context);
    AlphaSpending spending = spec.sources().interimAnalyses();
    List<InterimAnalysis> interimAnalyses = new ArrayList<>();
    for (int k = 0; ; k++) {
      StudySpec now = spec.with(spec.sources().withCount(spending.sizes().get(k)));
      StudyPictures pictures = pictures(now, folder, posts, context);
      PreparedStudy prepared =
          new PreparedStudy(
              pictures,
              ruleLabels(ofPosts, pictures, context),
              EstimationSettings.of(spec).spending(spending.share(k)));
      StudyResult result =
          result(spec, specHash, prepared, learned, embeddings, interimAnalyses, context);
      interimAnalyses.add(result.interimAnalyses().get(k));
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
    ScoredStudy scored = prepared.score(model, learned, context);
    List<InferredLabels> inferred = scored.inferLabels(embeddings, context);
    BiasCorrected corrected = scored.corrected(embeddings, inferred, context);
    List<Effect> effects = corrected.effects();
    List<Effect> declared = effects.stream().filter(e -> !e.placebo()).toList();
    List<InterimAnalysis> interimAnalyses = new ArrayList<>(before);
    interimAnalyses.add(InterimAnalysis.of(pictures.sources().size(), declared));
    return new StudyResult(
        spec,
        specHash,
        pictures.sources().stream().map(s -> s.post().id()).toList(),
        interimAnalyses,
        pictures.sources().size() + pictures.cells().size(),
        declared,
        scored.effects().stream().filter(e -> !e.placebo()).toList(),
        origins(spec, inferred, corrected.factors()),
        corrected.notes(),
        effects.stream().filter(Effect::placebo).toList(),
        corrected.permuted(),
        drifts(pictures),
        scored(pictures, corrected.scores(), context));
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

  /** Makes, checks and encodes the sources and variants of a study; what is known is read. */
  StudyPictures pictures(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    refuseTones(spec);
    List<Source> sources = sources(spec, folder, posts, context);
    List<Cell> cells = new StudyPlan(spec, folder, editors, viewId).cells(sources, studio::canEdit);
    List<Post> sourcePosts = sources.stream().map(Source::post).toList();
    float[][] untouched = encoder.encode(sourcePosts, context);
    float[][] edited = studio.encode(cells, context).orThrow();
    return new StudyPictures(
        spec,
        sources,
        cells,
        cells.stream().map(cell -> studio.check(cell, context)).toList(),
        untouched,
        edited,
        model.features(untouched, sourcePosts),
        model.features(edited, cells.stream().map(c -> c.from().post()).toList()));
  }

  /** A model that controls for colour casts would find that none of them matters. */
  private void refuseTones(StudySpec spec) {
    List<Problem> problems =
        spec.factors().stream()
            .filter(f -> Editors.kind(f.editor()).filter(EditorKind::needsTones).isPresent())
            .filter(f -> model.description().columns().nuisance().isPresent())
            .map(
                f ->
                    new Problem(
                        "factor " + f.name(),
                        ("its editor is %s, and the model does not see colour casts; expected one"
                                + " that does: run anvil fit --tones first")
                            .formatted(f.editor())))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Makes the pictures of a study once, for any number of models to be scored on. */
  public PreparedStudy prepare(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    StudyPictures pictures = pictures(spec, folder, posts, context);
    return new PreparedStudy(
        pictures,
        ruleLabels(ofPosts(spec, posts, context), pictures, context),
        EstimationSettings.of(spec));
  }

  /** By factor whose levels all have label rules, the level of each post; empty for none. */
  private Map<String, Map<String, String>> ofPosts(
      StudySpec spec, List<Post> posts, RunContext context) {
    Map<String, Map<String, String>> ofPosts = new HashMap<>();
    for (Factor factor : spec.factors()) {
      if (factor.levels().keySet().stream().allMatch(l -> factor.rule(l).isPresent())) {
        ofPosts.put(factor.name(), labels().levels(factor, posts, context));
      }
    }
    return ofPosts;
  }

  private Map<String, RuleLabels> ruleLabels(
      Map<String, Map<String, String>> ofPosts, StudyPictures pictures, RunContext context) {
    Map<String, RuleLabels> ruleLabels = new HashMap<>();
    for (Factor factor : pictures.spec().factors()) {
      if (ofPosts.containsKey(factor.name())) {
        ruleLabels.put(
            factor.name(),
            new RuleLabels(ofPosts.get(factor.name()), variants(factor, pictures, context)));
      }
    }
    return ruleLabels;
  }

  /** Labels of the factor's valid variants by rules that use elements. */
  private List<Labelled> variants(Factor factor, StudyPictures pictures, RunContext context) {
    if (!LabelFinder.usesElements(factor)) {
      return List.of();
    }
    List<Labelled> known = new ArrayList<>();
    try (Phase phase =
        context.start("label variants of " + factor.name(), pictures.cells().size())) {
      for (int c = 0; c < pictures.cells().size(); c++) {
        Cell cell = pictures.cells().get(c);
        if (cell.factor().equals(factor)
            && !cell.isNullEdit()
            && pictures.checks().get(c).reasons().isEmpty()) {
          known.add(new Labelled(cell.level(), studio.inferredLevel(cell, phase.context())));
        }
        phase.step(1);
      }
    }
    boolean all =
        known.stream()
            .map(Labelled::level)
            .collect(Collectors.toSet())
            .containsAll(factor.levels().keySet());
    return all ? known : List.of();
  }

  private List<Source> sources(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    Optional<Generation> generation = spec.sources().generation();
    return generation.isPresent()
        ? new GeneratedSources(spec, generation.get(), segmentations, stores)
            .make(editors, folder, posts, context)
        : SourceSelector.select(spec, posts, model.description().groups(), segmentations);
  }

  /** Encodes posts as the model does. */
  CampaignEncoder encoder() {
    return encoder;
  }

  /** Finds posts with a characteristic. */
  LabelFinder labels() {
    return new LabelFinder(
        segmentations,
        stores.results(),
        () ->
            texts
                .get()
                .map(t -> new TextLabels(t, posts -> encoder.encode(posts, RunContext.NONE))));
  }

  private static List<Drift> drifts(StudyPictures pictures) {
    StudySpec spec = pictures.spec();
    List<Drift> drifts = new ArrayList<>();
    for (Factor factor : spec.allFactors()) {
      Map<Integer, float[]> bySource = new TreeMap<>();
      for (int c = 0; c < pictures.cells().size(); c++) {
        Cell cell = pictures.cells().get(c);
        if (cell.factor().equals(factor) && cell.isNullEdit() && cell.seed() == 0) {
          bySource.putIfAbsent(cell.source(), pictures.edited()[c]);
        }
      }
      if (!bySource.isEmpty()) {
        drifts.add(
            Drift.of(
                factor.name(),
                List.copyOf(bySource.values()),
                bySource.keySet().stream().map(i -> pictures.untouched()[i]).toList(),
                Seeds.derive(spec.seed(), "probe", factor.name())));
      }
    }
    return drifts;
  }

  private List<ScoredVariant> scored(
      StudyPictures pictures, ScoreTable scores, RunContext context) {
    List<Cell> cells = pictures.cells();
    List<VariantStudio.Check> checks = pictures.checks();
    Map<String, Set<Integer>> shown = new HashMap<>();
    List<ScoredVariant> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      Set<Integer> sources = shown.computeIfAbsent(cell.factor().name(), f -> new HashSet<>());
      boolean show = sources.contains(cell.source()) || sources.size() < SHOWN;
      if (show) {
        sources.add(cell.source());
      }
      double[] difference = scores.againstControl(i);
      rows.add(
          new ScoredVariant(
              cell.from().post().id(),
              cell.from().post().creative(),
              cell.factor().name(),
              cell.level(),
              cell.seed(),
              cell.editor().name() + " " + new TreeMap<>(cell.editor().parameters()),
              cell.key(),
              checks.get(i).reasons().isEmpty(),
              String.join("; ", checks.get(i).reasons()),
              checks.get(i).outside(),
              checks.get(i).outsideShare(),
              difference[0],
              difference[1],
              show && cell.seed() == 0
                  ? Optional.of(studio.png(cell, context))
                  : Optional.empty()));
    }
    return rows;
  }
}
