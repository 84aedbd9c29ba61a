package dev.anvil.study.variant;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Parallel;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.edit.CheckedEdit;
import dev.anvil.edit.EditCheck;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.encode.Encoded;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.View;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import dev.anvil.store.Stores;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.label.LabelFinder;
import dev.anvil.study.spec.StudySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes variants, checks and encodes them; what was made before is read from the stores. */
public final class VariantStudio {
  private static final String PNG = "variant-png";
  private static final String INFERRED = "variant-told";

  private final SegmentationCache segmentations;
  private final EncodingPipeline pipeline;
  private final Stores stores;
  private final Subject subject;
  private final KeptChecks checks;

  /**
   * What is kept of an edit's check.
   *
   * @param reasons why the variant must not be used
   * @param changed share of the picture whose bytes differ, 0 to 1
   * @param outside mean change where nothing may change, 0 to 255
   * @param outsideShare share of the pixels that may not change which differ, 0 to 1
   */
  public record Check(List<String> reasons, double changed, double outside, double outsideShare) {
    public Check {
      reasons = List.copyOf(reasons);
    }

    /** The same with one more reason. */
    public Check with(String reason) {
      return new Check(
          Stream.concat(reasons.stream(), Stream.of(reason)).toList(),
          changed,
          outside,
          outsideShare);
    }
  }

  /**
   * A studio.
   *
   * @param subject the main element, which the encoder looks at besides the whole picture
   */
  public VariantStudio(
      SegmentationCache segmentations, EncodingPipeline pipeline, Stores stores, Subject subject) {
    this.subject = requireNonNull(subject, "subject is null");
    this.segmentations = requireNonNull(segmentations, "segmentations is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.stores = requireNonNull(stores, "stores is null");
    this.checks = new KeptChecks(stores.results());
  }

  /**
   * Embeddings of the cells' variants, in their order.
   *
   * <p>What an editor would not make again as it was is made first, and all that is known of it is
   * known of that very picture: when its file is lost, everything is done again.
   */
  public Encoded encode(List<Cell> cells, RunContext context) {
    return encode(cells, VariantListener.NONE, context);
  }

  /**
   * As above.
   *
   * @param listener hears of variants that are made
   */
  public Encoded encode(List<Cell> cells, VariantListener listener, RunContext context) {
    boolean anew = cells.stream().allMatch(cell -> cell.editor().isRepeatable());
    List<EncodingItem> items =
        anew
            ? cells.stream().map(cell -> item(cell, listener, context)).toList()
            : Parallel.map(
                "make variants",
                cells,
                context.threads(),
                context,
                (cell, step) -> item(cell, listener, step));
    return pipeline.encode(items, context);
  }

  /** Whether a variant's embedding, check and label are kept, so that it would not be made. */
  public boolean isKnown(Cell cell) {
    Optional<String> key =
        cell.editor().isRepeatable()
            ? Optional.of(cell.key())
            : stores
                .results()
                .get(PNG, cell.key())
                .filter(stores.blobs()::isWhole)
                .map(blob -> key(cell, blob));
    return key.filter(k -> pipeline.isKnown(k) && knownCheck(cell, k).isPresent()).isPresent()
        && (!isInferring(cell)
            || stores.results().get(INFERRED, inferredKey(cell, key.orElseThrow())).isPresent());
  }

  private EncodingItem item(Cell cell, VariantListener listener, RunContext context) {
    String name =
        "%s %s on post %s".formatted(cell.factor().name(), cell.level(), cell.from().post().id());
    try {
      return new EncodingItem(key(cell, context), name, step -> view(cell, listener, step));
    } catch (InvalidInputException e) {
      // one variant that cannot be made is a problem of its own and does not stop the others
      return new EncodingItem(
          cell.key(),
          name,
          step -> {
            throw e;
          });
    }
  }

  /** Names what is known of a variant: by its request, or by its picture if that may vary. */
  private String key(Cell cell, RunContext context) {
    return cell.editor().isRepeatable() ? cell.key() : key(cell, png(cell, context));
  }

  private static String key(Cell cell, String blob) {
    return Sha256.of(cell.key() + " " + blob);
  }

  /** How the edit of a cell was judged; it is edited again where that is not known any more. */
  public Check check(Cell cell, RunContext context) {
    Optional<Check> known = knownCheck(cell, key(cell, context));
    if (known.isPresent()) {
      return known.get();
    }
    Judged judged = edited(cell, context);
    checks.put(cell.key(), judged.check());
    return judged.check();
  }

  /** Checks of older workspaces are known by the request, whatever picture came of it. */
  private Optional<Check> knownCheck(Cell cell, String key) {
    return checks.find(key).or(() -> checks.find(cell.key()));
  }

  /**
   * The level of a cell's factor, inferred by its elements, that is found in its variant; looked at
   * once.
   */
  public String inferredLevel(Cell cell, RunContext context) {
    String key = inferredKey(cell, context);
    Optional<String> known = stores.results().get(INFERRED, key);
    return known.isPresent()
        ? known.get()
        : infer(cell, key, segmentations.fresh(picture(cell, context), context));
  }

  private String infer(Cell cell, String key, Segmentation elements) {
    String inferred = LabelFinder.inferred(cell.factor(), elements);
    stores.results().put(INFERRED, key, inferred);
    return inferred;
  }

  private String inferredKey(Cell cell, RunContext context) {
    return inferredKey(cell, key(cell, context));
  }

  private static String inferredKey(Cell cell, String key) {
    return Sha256.of(
        key
            + cell.factor().levels().keySet().stream()
                .map(level -> level + cell.factor().rule(level))
                .toList());
  }

  /**
   * The blob of a variant's PNG, which carries its request; made if it is not there yet, or if the
   * check of a picture that may vary is lost.
   */
  public String png(Cell cell, RunContext context) {
    Optional<String> known = stores.results().get(PNG, cell.key()).filter(stores.blobs()::isWhole);
    boolean repeatable = cell.editor().isRepeatable();
    if (known
        .filter(blob -> repeatable || knownCheck(cell, key(cell, blob)).isPresent())
        .isPresent()) {
      return known.get();
    }
    Judged judged = edited(cell, context);
    String blob =
        stores.blobs().put(PictureWriter.png(judged.edited().picture(), provenance(cell)));
    checks.put(repeatable ? cell.key() : key(cell, blob), judged.check());
    stores.results().put(PNG, cell.key(), blob);
    return blob;
  }

  /** Whether a source has the element that a factor edits. */
  public boolean canEdit(Source source, StudySpec.Factor factor) {
    Segmentation elements = segmentations.of(source.post());
    return factor.without().flatMap(elements::find).isEmpty()
        && (factor.element().contains(StudySpec.PICTURE)
            || elements.largest(factor.element()).isPresent());
  }

  private View view(Cell cell, VariantListener listener, RunContext context) {
    Picture picture = picture(cell, context);
    if (listener != VariantListener.NONE) {
      listener.made(cell, picture, check(cell, context));
    }
    boolean moves = cell.editor().movesElements();
    boolean inferring = isInferring(cell);
    Optional<Segmentation> elements =
        moves || inferring ? Optional.of(segmentations.fresh(picture, context)) : Optional.empty();
    elements.filter(e -> inferring).ifPresent(e -> infer(cell, inferredKey(cell, context), e));
    return new View(
        picture, moves ? elements.flatMap(subject::maskIn) : Optional.of(cell.from().main()));
  }

  private static boolean isInferring(Cell cell) {
    return !cell.isNullEdit() && LabelFinder.usesElements(cell.factor());
  }

  /** A variant; the kept one where it could not be made again. */
  private Picture picture(Cell cell, RunContext context) {
    if (!cell.editor().isRepeatable()) {
      return kept(png(cell, context));
    }
    Judged judged = edited(cell, context);
    checks.put(cell.key(), judged.check());
    return judged.edited().picture();
  }

  private Picture kept(String blob) {
    return PictureReader.DEFAULT.read(stores.blobs().path(blob), blob);
  }

  private record Judged(Edited edited, Check check) {}

  private Judged edited(Cell cell, RunContext context) {
    Picture picture =
        PictureReader.DEFAULT.read(cell.from().post().picture(), cell.from().post().creative());
    Segmentation elements = segmentations.of(cell.from().post(), context);
    Mask mask =
        cell.factor().element().contains(StudySpec.PICTURE)
            ? Mask.full(picture.width(), picture.height())
            : cell.editor()
                .maskIn(elements, cell.factor().element())
                .orElseThrow(
                    () ->
                        new InvalidInputException(
                            "post " + cell.from().post().id(),
                            "has no element " + cell.factor().element()));
    EditRequest request = new EditRequest(picture, elements, mask, cell.editSeed());
    CheckedEdit made = CheckedEdit.of(cell.editor(), request, segmentations.segmenter(), context);
    EditCheck found = made.check();
    return new Judged(
        made.edited(),
        new Check(
            found.reasons(), found.changedShare(), found.outsideMean(), found.outsideShare()));
  }

  private static Map<String, String> provenance(Cell cell) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("anvil:source", cell.from().post().creative());
    request.put("anvil:factor", cell.factor().name());
    request.put("anvil:level", cell.level());
    request.put(
        "anvil:editor", cell.editor().name() + " " + new TreeMap<>(cell.editor().parameters()));
    request.put("anvil:seed", Long.toString(cell.editSeed()));
    request.put("anvil:key", cell.key());
    return request;
  }
}
