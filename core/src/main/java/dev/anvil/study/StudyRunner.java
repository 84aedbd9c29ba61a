package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.Progress;
import dev.anvil.Seeds;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Editor;
import dev.anvil.edit.Editors;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.Matrix;
import dev.anvil.predict.RefitEnsemble;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.study.StudySpec.Factor;
import dev.anvil.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

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
    this.studio = new VariantStudio(segmentations, pipeline, workspace);
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
    List<Source> sources =
        SourceSelector.select(spec, posts, model.description().groups(), segmentations);
    List<Cell> cells = cells(spec, folder, sources);
    List<Post> sourcePosts = sources.stream().map(Source::post).toList();
    Matrix controls = model.features(encoder.encode(sourcePosts, progress), sourcePosts);
    Matrix variants =
        model.features(
            studio.encode(cells, progress).orThrow(),
            cells.stream().map(c -> c.from().post()).toList());
    List<VariantStudio.Check> checks = cells.stream().map(studio::check).toList();
    boolean[] valid = new boolean[cells.size()];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = checks.get(i).reasons().isEmpty();
    }

    ScoreTable scores = score(model.refits(), sources, cells, valid, controls, variants);
    List<Differences> contrasts = new ArrayList<>();
    spec.factors().forEach(f -> contrasts.addAll(scores.differences(f, false)));
    spec.placebos().forEach(f -> contrasts.addAll(scores.differences(f, true)));
    List<Effect> estimated = estimator(spec).estimate(contrasts);

    ScoreTable permuted = score(model.permuted(), sources, cells, valid, controls, variants);
    List<Differences> nil = new ArrayList<>();
    spec.factors().forEach(f -> nil.addAll(permuted.differences(f, true)));
    List<Effect> onPermuted = estimator(spec).estimate(nil);

    return new StudyResult(
        spec,
        specHash,
        sourcePosts.stream().map(Post::id).toList(),
        sources.size() + cells.size(),
        estimated.stream().filter(e -> !e.placebo()).toList(),
        estimated.stream().filter(Effect::placebo).toList(),
        onPermuted,
        scored(cells, checks, scores));
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

  private List<Cell> cells(StudySpec spec, Path folder, List<Source> sources) {
    List<Cell> cells = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    List<Factor> factors = new ArrayList<>(spec.factors());
    factors.addAll(spec.placebos());
    for (Factor factor : factors) {
      Map<String, Function<Post, Optional<Editor>>> byLevel = editors(factor, folder, problems);
      for (int i = 0; problems.isEmpty() && i < sources.size(); i++) {
        if (studio.canEdit(sources.get(i), factor)) {
          cells.addAll(cells(spec, factor, byLevel, i, sources.get(i)));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return cells;
  }

  private List<Cell> cells(
      StudySpec spec,
      Factor factor,
      Map<String, Function<Post, Optional<Editor>>> byLevel,
      int index,
      Source source) {
    List<Cell> cells = new ArrayList<>();
    for (String level : factor.levels().keySet()) {
      Optional<Editor> editor = byLevel.get(level).apply(source.post());
      for (int seed = 0; editor.isPresent() && seed < factor.seeds(); seed++) {
        long editSeed = Seeds.derive(spec.seed(), source.post().creative(), factor.name(), seed);
        String key = key(source, factor, editor.get(), editSeed);
        cells.add(new Cell(index, source, factor, level, seed, editSeed, editor.get(), key));
      }
    }
    return cells;
  }

  private Map<String, Function<Post, Optional<Editor>>> editors(
      Factor factor, Path folder, List<Problem> problems) {
    Map<String, Function<Post, Optional<Editor>>> byLevel = new LinkedHashMap<>();
    factor
        .levels()
        .forEach(
            (level, parameters) -> {
              try {
                byLevel.put(level, editor(factor.editor(), parameters, folder));
              } catch (InvalidInputException e) {
                for (Problem p : e.problems()) {
                  problems.add(
                      new Problem(
                          "factor %s, level %s, %s".formatted(factor.name(), level, p.where()),
                          p.message()));
                }
              }
            });
    return byLevel;
  }

  private Function<Post, Optional<Editor>> editor(
      String name, Map<String, Object> parameters, Path folder) {
    if (name.equals(ReadyMade.NAME)) {
      return ReadyMade.Pattern.of(parameters, folder)::editor;
    }
    Optional<Editor> editor = Optional.of(editors.create(name, parameters, folder));
    return post -> editor;
  }

  private String key(Source source, Factor factor, Editor editor, long editSeed) {
    return Sha256.of(
        String.join(
            "\u001f",
            viewId,
            source.post().creative(),
            factor.element().toString(),
            editor.name(),
            new TreeMap<>(editor.parameters()).toString(),
            Long.toString(editSeed)));
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
