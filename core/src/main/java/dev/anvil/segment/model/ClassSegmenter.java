package dev.anvil.segment.model;

import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.image.Size;
import dev.anvil.image.SizeRule;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.segment.LabelSet;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationTask;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.model.Segmenters.Options;
import dev.anvil.segment.post.ClassMap;
import dev.anvil.segment.post.Enlarging;
import dev.anvil.segment.post.FoundElements;
import dev.anvil.segment.post.Maps;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Networks that give logits per class and pixel, as SegFormer does (docs/model-contracts.md section
 * 4.4). The picture is stretched to the size that the network declares, else to that of the
 * preprocessor's configuration, else to 512 x 512: at any other one an export gives wrong numbers
 * without a word.
 */
final class ClassSegmenter implements Segmenter, Answering {
  private static final String METHOD = "classes-2";
  private static final String PIXELS = "pixel_values";
  private static final String LOGITS = "logits";
  private static final SizeRule.Exact USUAL = new SizeRule.Exact(new Size(512, 512));

  private final String id;
  private final double leastArea;
  private final PackNetwork network;
  private final PicturePreparation preparation;
  private final PackLabels labels;

  private ClassSegmenter(
      String id,
      double leastArea,
      PackNetwork network,
      PicturePreparation preparation,
      PackLabels labels) {
    this.id = id;
    this.leastArea = leastArea;
    this.network = network;
    this.preparation = preparation;
    this.labels = labels;
  }

  static ClassSegmenter open(ModelPack pack, Options options, int threads) throws IOException {
    SegmentationTask task = Segmenters.task(pack, options, List.of(SegmentationTask.SEMANTIC));
    PackLabels labels = PackLabels.of(pack);
    PicturePreparation said =
        PicturePreparation.of(pack, PicturePreparation.imagenet(USUAL, Filter.BILINEAR));
    PackNetwork network = PackNetwork.open(pack, "model", threads);
    try {
      network.require(Set.of(PIXELS), Set.of(), Set.of(LOGITS));
      network
          .outputLength(LOGITS, 2)
          .ifPresent(c -> labels.ofSize(c, network.where() + " output " + LOGITS));
      Size size =
          said.resize().filter(SizeRule.Exact.class::isInstance).isPresent()
              ? ((SizeRule.Exact) said.resize().orElseThrow()).size()
              : USUAL.size();
      return new ClassSegmenter(
          String.join("-", pack.id(), METHOD, task.text(), Double.toString(options.leastArea())),
          options.leastArea(),
          network,
          network.preparation(PIXELS, said.stretched(size)),
          labels);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Segmentation segment(Picture picture, RunContext context) {
    Tensor logits = answer(picture, context).get(LOGITS);
    network.requireOutput(
        LOGITS,
        logits,
        logits.shape().size() == 4 && logits.dim(0) == 1,
        "[1, classes, height, width]");
    Maps scores = Maps.of(logits);
    LabelSet classes = labels.ofSize(scores.count(), network.where() + " output " + LOGITS);
    ClassMap map = ClassMap.of(scores, Enlarging.direct(scores, picture.width(), picture.height()));
    return FoundElements.of(map, map.confidences(scores, true), classes, leastArea);
  }

  @Override
  public Map<String, Tensor> answer(Picture picture, RunContext context) {
    return network.run(
        Map.of(PIXELS, preparation.prepare(picture).tensor()), Set.of(LOGITS), context);
  }

  @Override
  public void close() {
    network.close();
  }
}
