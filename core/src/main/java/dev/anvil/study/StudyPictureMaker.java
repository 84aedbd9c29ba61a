package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoded;
import dev.anvil.predict.FittedModel;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.store.Stores;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.GeneratedSources;
import dev.anvil.study.design.Source;
import dev.anvil.study.design.SourceSelector;
import dev.anvil.study.design.StudyPlan;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.spec.StudySpec.Generation;
import dev.anvil.study.variant.VariantListener;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.study.variant.VariantStudio.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Chooses the sources of a study, and makes, checks and encodes its variants.
 *
 * @param model that the pictures are for
 * @param encoder of posts, as the model's
 * @param editors makes the study's editors
 * @param viewId names encoder, segmenter and subject, by hash
 */
record StudyPictureMaker(
    FittedModel model,
    SegmentationCache segmentations,
    CampaignEncoder encoder,
    VariantStudio studio,
    Editors editors,
    Stores stores,
    String viewId) {
  /** Variants that are encoded at once while somebody watches: enough to keep the network busy. */
  private static final int BATCH = 24;

  private static final String NO_EMBEDDING = "the encoder gives no embedding of it";

  StudyPictureMaker {
    requireNonNull(model, "model is null");
    requireNonNull(segmentations, "segmentations is null");
    requireNonNull(encoder, "encoder is null");
    requireNonNull(studio, "studio is null");
    requireNonNull(editors, "editors is null");
    requireNonNull(stores, "stores is null");
    requireNonNull(viewId, "viewId is null");
  }

  /** Hears of pictures as they are made, so that effects can be estimated while they are. */
  interface Growth {
    /** Nobody hears. */
    Growth NONE =
        new Growth() {
          @Override
          public VariantListener variants() {
            return VariantListener.NONE;
          }

          @Override
          public void complete(int sources, Supplier<StudyPictures> pictures) {}
        };

    VariantListener variants();

    /**
     * The first sources are complete, and more are to come.
     *
     * @param pictures of these alone
     */
    void complete(int sources, Supplier<StudyPictures> pictures);
  }

  /** What a study is to make. */
  record Plan(List<Source> sources, List<Cell> cells) {}

  /** What a study is to make; nothing is made but sources that are generated. */
  Plan plan(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    refuseTones(spec);
    List<Source> sources = sources(spec, folder, posts, context);
    List<Cell> cells = new StudyPlan(spec, folder, editors, viewId).cells(sources, studio::canEdit);
    requireEdited(spec, sources.size(), cells);
    return new Plan(sources, cells);
  }

  private static void requireEdited(StudySpec spec, int sources, List<Cell> cells) {
    Set<String> edited = cells.stream().map(c -> c.factor().name()).collect(Collectors.toSet());
    List<Problem> problems =
        spec.allFactors().stream()
            .filter(f -> !edited.contains(f.name()))
            .map(
                f ->
                    new Problem(
                        "factor " + f.name(),
                        "has nothing to edit on any of the %d creatives; expected some that show %s"
                            .formatted(sources, editable(f))))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static String editable(Factor factor) {
    String elements = String.join(" or ", factor.element());
    return factor.without().map(other -> elements + " and no " + other).orElse(elements);
  }

  /**
   * The pictures of a study; what is known is read.
   *
   * @param folder paths in the study are relative to it
   * @param posts to choose sources from
   */
  StudyPictures make(
      StudySpec spec, Path folder, List<Post> posts, Growth growth, RunContext context) {
    return make(spec, plan(spec, folder, posts, context), growth, context);
  }

  /** The pictures of a plan. */
  StudyPictures make(StudySpec spec, Plan plan, Growth growth, RunContext context) {
    List<Cell> cells = plan.cells();
    float[][] untouched =
        encoder.encode(plan.sources().stream().map(Source::post).toList(), context);
    Encoded encoded =
        growth == Growth.NONE
            ? studio.encode(cells, context)
            : bySource(spec, plan, untouched, growth, context);
    boolean isNone = !cells.isEmpty() && encoded.faults().size() == cells.size();
    if (isNone || encoded.problems().size() > encoded.faults().size()) {
      throw new InvalidInputException(encoded.problems());
    }
    return pictures(spec, plan, untouched, encoded.rows(), context);
  }

  /** The same embeddings, some sources at a time. */
  private Encoded bySource(
      StudySpec spec, Plan plan, float[][] untouched, Growth growth, RunContext context) {
    List<Cell> cells = plan.cells();
    Map<Integer, List<Integer>> bySource = new TreeMap<>();
    for (int c = 0; c < cells.size(); c++) {
      bySource.computeIfAbsent(cells.get(c).source(), s -> new ArrayList<>()).add(c);
    }
    List<Optional<float[]>> rows =
        new ArrayList<>(Collections.nCopies(cells.size(), Optional.empty()));
    List<Problem> problems = new ArrayList<>();
    List<Problem> faults = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    try (Phase phase = context.start("variants", cells.size())) {
      for (int source = 0; source < plan.sources().size(); source++) {
        batch.addAll(bySource.getOrDefault(source, List.of()));
        boolean last = source == plan.sources().size() - 1;
        if (batch.size() >= BATCH || last) {
          Encoded some =
              studio.encode(
                  batch.stream().map(cells::get).toList(), growth.variants(), phase.context());
          for (int i = 0; i < batch.size(); i++) {
            rows.set(batch.get(i), some.rows().get(i));
          }
          problems.addAll(some.problems());
          faults.addAll(some.faults());
          phase.step(batch.size());
          batch.clear();
          if (!last && problems.size() == faults.size()) {
            int complete = source + 1;
            growth.complete(
                complete,
                () -> pictures(spec, first(plan, complete), untouched, rows, context.silent()));
          }
        }
      }
    }
    return new Encoded(rows, problems, faults);
  }

  /** What is to be made of the first sources alone. */
  private static Plan first(Plan plan, int sources) {
    return new Plan(plan.sources().subList(0, sources), plan.cells());
  }

  /**
   * Checked pictures.
   *
   * @param plan whose cells may be of more sources, which are left out
   * @param rows one per cell of the plan
   */
  private StudyPictures pictures(
      StudySpec spec,
      Plan plan,
      float[][] untouched,
      List<Optional<float[]>> rows,
      RunContext context) {
    List<Source> sources = plan.sources();
    List<Cell> cells = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    List<float[]> edited = new ArrayList<>();
    for (int c = 0; c < plan.cells().size(); c++) {
      Cell cell = plan.cells().get(c);
      if (cell.source() < sources.size()) {
        Check check = studio.check(cell, context);
        cells.add(cell);
        checks.add(rows.get(c).isPresent() ? check : check.with(NO_EMBEDDING));
        edited.add(rows.get(c).orElse(untouched[cell.source()]));
      }
    }
    float[][] ofSources = Arrays.copyOf(untouched, sources.size());
    float[][] ofCells = edited.toArray(float[][]::new);
    return new StudyPictures(
        spec,
        sources,
        cells,
        checks,
        ofSources,
        ofCells,
        model.features(ofSources, sources.stream().map(Source::post).toList()),
        model.features(ofCells, cells.stream().map(c -> c.from().post()).toList()));
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
                                + " that does: fit one with --tones first")
                            .formatted(f.editor())))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private List<Source> sources(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    Optional<Generation> generation = spec.sources().generation();
    return generation.isPresent()
        ? new GeneratedSources(spec, generation.get(), segmentations, stores)
            .make(editors, folder, posts, context)
        : SourceSelector.select(
            spec,
            posts,
            model.description().groups(),
            post -> model.accounts().map(a -> a.of(List.of(post)).get(0)).orElse(""),
            segmentations);
  }
}
