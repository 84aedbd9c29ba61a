package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.Progress;
import dev.anvil.Seeds;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Editors;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.Matrix;
import dev.anvil.predict.RefitEnsemble;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.study.Differences.Resampled;
import dev.anvil.study.StudySpec.Factor;
import dev.anvil.study.StudySpec.Generation;
import dev.anvil.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs studies: edits the sources, scores every variant and its control by the refits that never
 * saw the source, and estimates the declared contrasts (METHOD 3).
 */
public final class StudyRunner {
  /** Source creatives per factor whose pictures are kept for the report. */
  private static final int SHOWN = 3;

  private final FittedModel model;
  private final SegmentationCache segmentations;
  private final CampaignEncoder encoder;
  private final VariantStudio studio;
  private final Editors editors;
  private final Workspace workspace;
  private final String viewId;

  /**
   * A runner for one fitted model.
   *
   * @param pipeline of the encoder that the model was fitted with
   * @param encoderId names that encoder, by hash
   * @param editors makes the study's editors
   */
  public StudyRunner(
      FittedModel model,
      SegmentationCache segmentations,
      EncodingPipeline pipeline,
      String encoderId,
      Editors editors,
      Workspace workspace) {
    this.model = requireNonNull(model, "model is null");
    this.segmentations = requireNonNull(segmentations, "segmentations is null");
    this.editors = requireNonNull(editors, "editors is null");
    this.encoder = new CampaignEncoder(pipeline, segmentations, model.description().mainElement());
    this.studio =
        new VariantStudio(segmentations, pipeline, workspace, model.description().mainElement());
    this.workspace = requireNonNull(workspace, "workspace is null");
    this.viewId = encoderId + segmentations.id() + model.description().mainElement();
  }

  /**
   * Runs one study.
   *
   * @param specHash SHA-256 of the study file
   * @param folder paths in the study are relative to it
   * @param posts to choose sources from
   */
  public StudyResult run(
      StudySpec spec, String specHash, Path folder, List<Post> posts, Progress progress) {
    List<Source> sources = sources(spec, folder, posts, progress);
    List<Cell> cells = new StudyPlan(spec, folder, editors, viewId).cells(sources, studio::canEdit);
    List<Post> sourcePosts = sources.stream().map(Source::post).toList();
    float[][] untouched = encoder.encode(sourcePosts, progress);
    float[][] edited = studio.encode(cells, progress).orThrow();
    Matrix controls = model.features(untouched, sourcePosts);
    Matrix variants = model.features(edited, cells.stream().map(c -> c.from().post()).toList());
    List<VariantStudio.Check> checks = cells.stream().map(studio::check).toList();
    boolean[] valid = new boolean[cells.size()];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = checks.get(i).reasons().isEmpty();
    }

    Function<RefitEnsemble, ScoreTable> table =
        refits -> score(refits, sources, cells, valid, controls, variants);
    ScoreTable scores = table.apply(model.refits());
    List<Resampled> luck = resampled(spec, model.resampled().stream().map(table).toList());
    List<Effect> estimated = estimator(spec).estimate(with(luck, contrasts(spec, scores)));
    List<Effect> onPermuted =
        estimator(spec)
            .estimate(
                with(luck, contrasts(spec, table.apply(model.permuted()))).stream()
                    .filter(d -> !d.placebo())
                    .map(Differences::asPlacebo)
                    .toList());

    return new StudyResult(
        spec,
        specHash,
        sourcePosts.stream().map(Post::id).toList(),
        sources.size() + cells.size(),
        estimated.stream().filter(e -> !e.placebo()).toList(),
        estimated.stream().filter(Effect::placebo).toList(),
        onPermuted,
        drifts(spec, cells, untouched, edited),
        scored(cells, checks, scores));
  }

  private List<Source> sources(StudySpec spec, Path folder, List<Post> posts, Progress progress) {
    Optional<Generation> generation = spec.sources().generation();
    return generation.isPresent()
        ? new GeneratedSources(spec, generation.get(), segmentations, workspace)
            .make(editors, folder, posts, progress)
        : SourceSelector.select(spec, posts, model.description().groups(), segmentations);
  }

  /** All contrasts of a study, in its order: of factors, of placebos, of null edits. */
  private static List<Differences> contrasts(StudySpec spec, ScoreTable scores) {
    List<Differences> contrasts = new ArrayList<>();
    spec.factors().forEach(f -> contrasts.addAll(scores.differences(f, false)));
    spec.placebos().forEach(f -> contrasts.addAll(scores.differences(f, true)));
    spec.factors().forEach(f -> scores.nullEdits(f).ifPresent(contrasts::add));
    return contrasts;
  }

  /** For each contrast, its mean by each of the resampled models. */
  private static List<Resampled> resampled(StudySpec spec, List<ScoreTable> tables) {
    List<List<Differences>> byTable = tables.stream().map(t -> contrasts(spec, t)).toList();
    int contrasts = byTable.isEmpty() ? 0 : byTable.get(0).size();
    return IntStream.range(0, contrasts)
        .mapToObj(c -> Resampled.of(byTable.stream().map(t -> t.get(c)).toList()))
        .toList();
  }

  private static List<Differences> with(List<Resampled> luck, List<Differences> contrasts) {
    return luck.isEmpty()
        ? contrasts
        : IntStream.range(0, contrasts.size())
            .mapToObj(c -> contrasts.get(c).with(luck.get(c)))
            .toList();
  }

  private static List<Drift> drifts(
      StudySpec spec, List<Cell> cells, float[][] untouched, float[][] edited) {
    List<Drift> drifts = new ArrayList<>();
    for (Factor factor : spec.allFactors()) {
      Map<Integer, float[]> bySource = new TreeMap<>();
      for (int c = 0; c < cells.size(); c++) {
        Cell cell = cells.get(c);
        if (cell.factor().equals(factor) && cell.isNullEdit() && cell.seed() == 0) {
          bySource.putIfAbsent(cell.source(), edited[c]);
        }
      }
      if (!bySource.isEmpty()) {
        drifts.add(
            Drift.of(
                factor.name(),
                List.copyOf(bySource.values()),
                bySource.keySet().stream().map(i -> untouched[i]).toList(),
                Seeds.derive(spec.seed(), "probe", factor.name())));
      }
    }
    return drifts;
  }

  private static EffectEstimator estimator(StudySpec spec) {
    EstimationSettings usual = EstimationSettings.DEFAULT;
    return new EffectEstimator(
        new EstimationSettings(
            usual.level(),
            usual.draws(),
            spec.smallestEffect(),
            usual.alpha(),
            usual.minimumSources(),
            Seeds.derive(spec.seed(), "bootstrap")));
  }

  private ScoreTable score(
      RefitEnsemble refits,
      List<Source> sources,
      List<Cell> cells,
      boolean[] valid,
      Matrix controls,
      Matrix variants) {
    double[][] controlScores = new double[refits.size()][];
    double[][] variantScores = new double[refits.size()][];
    for (int k = 0; k < refits.size(); k++) {
      controlScores[k] = refits.predict(k, controls);
      variantScores[k] = refits.predict(k, variants);
    }
    return new ScoreTable(model, refits, sources, cells, valid, controlScores, variantScores);
  }

  private List<ScoredVariant> scored(
      List<Cell> cells, List<VariantStudio.Check> checks, ScoreTable scores) {
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
              difference[0],
              difference[1],
              show && cell.seed() == 0 ? Optional.of(studio.png(cell)) : Optional.empty()));
    }
    return rows;
  }
}
