package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.campaign.Post;
import dev.anvil.edit.Editors;
import dev.anvil.encode.Encoded;
import dev.anvil.encode.Encoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.engine.request.StudyText;
import dev.anvil.segment.Element;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.Subject;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.design.StudyPlan;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.variant.VariantStudio;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes variants of a study, checks and encodes them.
 *
 * @param encoder that looks at them
 * @param segmenter that finds elements
 * @param subject labels of the main element
 * @param study as JSON; its folder must be there on every executor
 * @param pngs folder for pictures of the variants; null for none
 */
record VariantPiece(
    String encoder, String segmenter, ArrayList<String> subject, String study, String pngs)
    implements Piece {
  private static final long serialVersionUID = 1L;

  VariantPiece {
    requireNonNull(encoder, "encoder is null");
    requireNonNull(segmenter, "segmenter is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(study, "study is null");
  }

  /**
   * A variant to be made.
   *
   * @param post that the source was published as
   * @param group of near-duplicates that it belongs to
   * @param cell key of the variant
   * @param png whether its picture is kept
   */
  record Asked(Post post, int group, String cell, boolean png) {
    Asked {
      requireNonNull(post, "post is null");
      requireNonNull(cell, "cell is null");
    }
  }

  @Override
  public List<ItemProblem> work(List<Item> items, ExecutorParts parts) throws IOException {
    StudyText text = Json.read(study, StudyText.class);
    StudySpec spec = text.spec();
    try (Lease<Encoder> network = parts.networks().encoder(EncoderChoice.parse(encoder));
        Lease<Segmenter> finder = parts.networks().segmenter(SegmenterChoice.parse(segmenter));
        Lease<Editors> editors = parts.networks().editors()) {
      Subject main = new Subject(subject);
      SegmentationCache segmentations =
          new SegmentationCache(finder.get(), parts.stores().results()).about(main);
      VariantStudio studio =
          new VariantStudio(segmentations, parts.pipeline(network.get()), parts.stores(), main);
      StudyPlan plan =
          new StudyPlan(
              spec,
              text.folder(),
              editors.get(),
              StudyPlan.viewId(network.get().id(), segmentations.id(), main));
      Map<String, List<Cell>> bySource = new HashMap<>();
      List<Asked> asked = items.stream().map(i -> Json.read(i.json(), Asked.class)).toList();
      List<Cell> cells = new ArrayList<>();
      for (Asked one : asked) {
        cells.add(
            bySource
                .computeIfAbsent(
                    one.post().id(),
                    id -> plan.cells(source(one, spec, segmentations), studio::canEdit))
                .stream()
                .filter(cell -> cell.key().equals(one.cell()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new InvalidInputException(
                            "study",
                            ("an executor finds no variant %s of post %s; expected the driver's:"
                                    + " the study's files may differ here")
                                .formatted(one.cell(), one.post().id()))));
      }
      return made(items, asked, cells, studio, parts);
    }
  }

  private static List<Source> source(Asked asked, StudySpec spec, SegmentationCache segmentations) {
    Element main = segmentations.of(asked.post()).largest(spec.sources().element()).orElseThrow();
    return List.of(new Source(asked.post(), asked.group(), main.mask(), Optional.empty()));
  }

  private List<ItemProblem> made(
      List<Item> items,
      List<Asked> asked,
      List<Cell> cells,
      VariantStudio studio,
      ExecutorParts parts)
      throws IOException {
    List<ItemProblem> problems = new ArrayList<>();
    Encoded encoded = studio.encode(cells, parts.context());
    int next = 0;
    for (int i = 0; i < cells.size(); i++) {
      if (encoded.rows().get(i).isPresent()) {
        studio.check(cells.get(i), parts.context());
        if (asked.get(i).png()) {
          String blob = studio.png(cells.get(i), parts.context());
          if (pngs != null) {
            HadoopFiles.write(
                parts.hadoop(),
                pngs,
                cells.get(i).key() + ".png",
                parts.stores().blobs().get(blob).orElseThrow());
          }
        }
      } else {
        Problem why = encoded.problems().get(next++);
        problems.add(new ItemProblem(items.get(i).key(), why.where(), why.message()));
      }
    }
    return problems;
  }
}
