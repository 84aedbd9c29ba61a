package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
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
import dev.anvil.study.spec.StudySpec.Generation;
import dev.anvil.study.variant.VariantStudio;
import dev.anvil.study.variant.VariantStudio.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /**
   * The pictures of a study; what is known is read.
   *
   * @param folder paths in the study are relative to it
   * @param posts to choose sources from
   */
  StudyPictures make(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    List<Source> sources = sources(spec, folder, posts, context);
    List<Cell> cells = cells(spec, folder, sources);
    List<Post> sourcePosts = sources.stream().map(Source::post).toList();
    float[][] untouched = encoder.encode(sourcePosts, context);
    Encoded encoded = studio.encode(cells, context);
    boolean isNone = !cells.isEmpty() && encoded.faults().size() == cells.size();
    if (isNone || encoded.problems().size() > encoded.faults().size()) {
      throw new InvalidInputException(encoded.problems());
    }
    float[][] edited = new float[cells.size()][];
    List<Check> checks = new ArrayList<>();
    for (int c = 0; c < edited.length; c++) {
      Cell cell = cells.get(c);
      Check check = studio.check(cell, context);
      checks.add(encoded.rows().get(c).isPresent() ? check : check.with(NO_EMBEDDING));
      edited[c] = encoded.rows().get(c).orElse(untouched[cell.source()]);
    }
    return new StudyPictures(
        spec,
        sources,
        cells,
        checks,
        untouched,
        edited,
        model.features(untouched, sourcePosts),
        model.features(edited, cells.stream().map(c -> c.from().post()).toList()));
  }

  /** The variants of a study, none of which is made. */
  List<Cell> cells(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    return cells(spec, folder, sources(spec, folder, posts, context));
  }

  private List<Cell> cells(StudySpec spec, Path folder, List<Source> sources) {
    return new StudyPlan(spec, folder, editors, viewId).cells(sources, studio::canEdit);
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

  private List<Source> sources(StudySpec spec, Path folder, List<Post> posts, RunContext context) {
    refuseTones(spec);
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
