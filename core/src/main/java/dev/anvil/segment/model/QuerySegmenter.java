package dev.anvil.segment.model;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PicturePreparation.Prepared;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.image.Size;
import dev.anvil.image.SizeRule;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.segment.LabelSet;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationTask;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.model.Segmenters.Options;
import dev.anvil.segment.model.Segmenters.Rule;
import dev.anvil.segment.post.ClassMap;
import dev.anvil.segment.post.Enlarging;
import dev.anvil.segment.post.FoundElements;
import dev.anvil.segment.post.Instances;
import dev.anvil.segment.post.Maps;
import dev.anvil.segment.post.Panoptic;
import dev.anvil.segment.post.Panoptic.Limits;
import dev.anvil.segment.post.Queries;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Networks that answer with queries, each a class and a mask: OneFormer, Mask2Former, MaskFormer,
 * DETR (docs/model-contracts.md sections 4.1 to 4.3, 4.5). A network exported for one size is shown
 * the picture stretched to it; the masks are laid back onto the picture.
 */
final class QuerySegmenter implements Segmenter, Answering {
  private static final String METHOD = "queries-2";
  private static final String PIXELS = "pixel_values";
  private static final String PIXEL_MASK = "pixel_mask";
  private static final String TASK = "task_inputs";

  /** Mask2Former looks at its masks at this size (docs/model-contracts.md section 4.2). */
  private static final int MASK2FORMER_SIDE = 384;

  private static final SizeRule SHORTEST = new SizeRule.ShortestWithin(800, 1333);

  private final PackKind kind;
  private final SegmentationTask task;
  private final Options options;
  private final String id;
  private final Names names;
  private final PackNetwork network;
  private final PicturePreparation preparation;
  private final PackLabels labels;

  /** What a kind calls its outputs. */
  private record Names(String classes, String masks) {
    static Names of(PackKind kind) {
      return kind == PackKind.DETR
          ? new Names("logits", "pred_masks")
          : new Names("class_queries_logits", "masks_queries_logits");
    }

    Set<String> all() {
      return Set.of(classes, masks);
    }
  }

  private QuerySegmenter(
      ModelPack pack,
      SegmentationTask task,
      Options options,
      PackNetwork network,
      PicturePreparation preparation,
      PackLabels labels) {
    this.kind = pack.manifest().kind();
    this.task = requireNonNull(task, "task is null");
    this.options = requireNonNull(options, "options is null");
    this.id = String.join("-", pack.id(), METHOD, options.text(task));
    this.names = Names.of(kind);
    this.network = network;
    this.preparation = preparation;
    this.labels = labels;
  }

  static QuerySegmenter open(ModelPack pack, Options options, int threads) throws IOException {
    PackKind kind = pack.manifest().kind();
    SegmentationTask task = Segmenters.task(pack, options, tasks(kind));
    PackLabels labels = PackLabels.of(pack);
    PicturePreparation asked = PicturePreparation.of(pack, usual(kind));
    PackNetwork network = PackNetwork.open(pack, "model", threads);
    try {
      boolean isOneFormer = kind == PackKind.ONEFORMER;
      Names names = Names.of(kind);
      network.require(
          isOneFormer ? Set.of(PIXELS, TASK) : Set.of(PIXELS), Set.of(PIXEL_MASK), names.all());
      network
          .outputLength(names.classes(), 0)
          .ifPresent(c -> labels.ofSize(c - 1, network.where() + " output " + names.classes()));
      return new QuerySegmenter(
          pack, task, options, network, network.preparation(PIXELS, unpadded(asked)), labels);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private static List<SegmentationTask> tasks(PackKind kind) {
    return switch (kind) {
      case DETR -> List.of(SegmentationTask.PANOPTIC);
      case MASKFORMER -> List.of(SegmentationTask.PANOPTIC, SegmentationTask.SEMANTIC);
      default ->
          List.of(SegmentationTask.PANOPTIC, SegmentationTask.SEMANTIC, SegmentationTask.INSTANCE);
    };
  }

  private static PicturePreparation usual(PackKind kind) {
    boolean isMultiple = kind == PackKind.MASK2FORMER || kind == PackKind.MASKFORMER;
    return PicturePreparation.imagenet(
        isMultiple ? new SizeRule.MultipleOf(SHORTEST, 32) : SHORTEST, Filter.BILINEAR);
  }

  /** Pictures of a batch are padded to the largest one; a single one never is. */
  private static PicturePreparation unpadded(PicturePreparation p) {
    return new PicturePreparation(
        p.resize(), p.filter(), Optional.empty(), p.scale(), p.mean(), p.std(), Optional.empty());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Segmentation segment(Picture picture, RunContext context) {
    Prepared prepared = preparation.prepare(picture);
    Size frame = prepared.framing().frame();
    Map<String, Tensor> out = answer(prepared, context);
    Queries queries = queries(out.get(names.classes()), out.get(names.masks()));
    LabelSet classes =
        labels.ofSize(queries.classCount(), network.where() + " output " + names.classes());
    return segment(queries, classes, frame, picture.width(), picture.height());
  }

  @Override
  public Map<String, Tensor> answer(Picture picture, RunContext context) {
    return answer(preparation.prepare(picture), context);
  }

  private Map<String, Tensor> answer(Prepared prepared, RunContext context) {
    return network.run(feed(prepared), names.all(), context);
  }

  private Map<String, Tensor> feed(Prepared prepared) {
    Size frame = prepared.framing().frame();
    Map<String, Tensor> feed = new HashMap<>();
    feed.put(PIXELS, prepared.tensor());
    if (network.input(PIXEL_MASK).isPresent()) {
      int height = network.length(PIXEL_MASK, 1, frame.height());
      int width = network.length(PIXEL_MASK, 2, frame.width());
      float[] ones = new float[height * width];
      Arrays.fill(ones, 1);
      feed.put(PIXEL_MASK, Tensor.of(ones, 1, height, width));
    }
    if (kind == PackKind.ONEFORMER) {
      feed.put(TASK, TaskTokens.of(task));
    }
    return feed;
  }

  private Queries queries(Tensor logits, Tensor masks) {
    network.requireOutput(
        names.classes(),
        logits,
        logits.shape().size() == 3 && logits.dim(0) == 1 && logits.dim(2) > 1,
        "[1, queries, classes + 1]");
    network.requireOutput(
        names.masks(),
        masks,
        masks.shape().size() == 4 && masks.dim(0) == 1 && masks.dim(1) == logits.dim(1),
        "[1, %d, height, width]".formatted(logits.dim(1)));
    return Queries.of(logits, masks);
  }

  private Segmentation segment(Queries found, LabelSet classes, Size frame, int width, int height) {
    boolean isShrunk =
        kind == PackKind.MASK2FORMER
            && (task != SegmentationTask.PANOPTIC || options.rule() == Rule.HUGGING_FACE);
    Queries queries = isShrunk ? found.withMasksOf(MASK2FORMER_SIDE, MASK2FORMER_SIDE) : found;
    Enlarging direct = Enlarging.direct(queries.masks(), width, height);
    Limits limits = new Limits(options.threshold(), options.overlap());
    return switch (task) {
      case SEMANTIC -> {
        Maps scores = ClassMap.scores(queries);
        ClassMap map = ClassMap.of(scores, direct);
        yield FoundElements.of(map, map.confidences(scores, false), classes, options.leastArea());
      }
      case INSTANCE ->
          FoundElements.of(
              kind == PackKind.MASK2FORMER
                  ? Instances.mask2Former(queries, width, height, options.threshold())
                  : Instances.oneFormer(queries, direct, limits),
              classes,
              options.leastArea());
      case PANOPTIC ->
          FoundElements.of(
              options.rule() == Rule.SHI_LABS
                  ? Panoptic.shiLabs(
                      queries,
                      Enlarging.through(frame, queries.masks(), width, height),
                      limits,
                      c -> classes.labels().get(c).isThing())
                  : Panoptic.huggingFace(
                      queries, direct, limits, c -> !classes.labels().get(c).isThing()),
              classes,
              options.leastArea());
    };
  }

  @Override
  public void close() {
    network.close();
  }
}
