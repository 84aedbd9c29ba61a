package dev.anvil.segment.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.UnusableOutputException;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationQuality;
import dev.anvil.segment.SegmentationQuality.Sample;
import dev.anvil.segment.SegmentationTask;
import dev.anvil.segment.Segmenter;
import dev.anvil.segment.model.Segmenters.Options;
import dev.anvil.segment.model.Segmenters.Rule;
import dev.anvil.standin.ForegroundStandIn;
import dev.anvil.standin.Graph;
import dev.anvil.standin.QueriesStandIn;
import dev.anvil.standin.SegFormerStandIn;
import dev.anvil.standin.Sketch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Segmenters on stand-ins of the published networks (docs/model-contracts.md section 10), which see
 * what CarPicture draws.
 */
class SegmentersTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final Picture CAR = CarPicture.of(WIDTH, HEIGHT, 0xc41a12);
  private static final Mask TRUTH = CarPicture.car(WIDTH, HEIGHT);

  @TempDir Path folder;

  @FunctionalInterface
  private interface Writing {
    void to(Path folder) throws IOException;
  }

  /** Every kind keeps the contract. */
  private abstract static class OnStandIn extends SegmenterContract {
    @TempDir static Path packs;

    abstract ModelPack pack(Path folder) throws IOException;

    Options options() {
      return Options.DEFAULT;
    }

    @Override
    public Segmenter open() throws IOException {
      return Segmenters.open(
          pack(Files.createTempDirectory(packs, "pack").resolve(getClass().getSimpleName())),
          options(),
          1);
    }

    @Override
    public Picture picture() {
      return CAR;
    }
  }

  @Nested
  public class OneFormerPanoptic extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return oneFormer(folder);
    }
  }

  @Nested
  public class OneFormerSemantic extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return oneFormer(folder);
    }

    @Override
    Options options() {
      return Options.DEFAULT.with(SegmentationTask.SEMANTIC);
    }

    @Override
    boolean seesSomethingInNothing() {
      return true;
    }
  }

  @Nested
  public class OneFormerInstances extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return oneFormer(folder);
    }

    @Override
    Options options() {
      return Options.DEFAULT.with(SegmentationTask.INSTANCE);
    }
  }

  @Nested
  public class Mask2FormerInstances extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return mask2Former(folder, PackKind.MASK2FORMER);
    }

    @Override
    Options options() {
      return Options.DEFAULT.with(SegmentationTask.INSTANCE);
    }
  }

  @Nested
  public class Mask2FormerByHuggingFacesRule extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return mask2Former(folder, PackKind.MASK2FORMER);
    }

    @Override
    Options options() {
      return Options.DEFAULT.with(Rule.HUGGING_FACE);
    }
  }

  @Nested
  public class MaskFormer extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return mask2Former(folder, PackKind.MASKFORMER);
    }
  }

  @Nested
  public class Detr extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return detr(folder, "height", "width");
    }
  }

  @Nested
  public class SegFormer extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return segFormer(folder);
    }

    @Override
    boolean seesSomethingInNothing() {
      return true;
    }
  }

  @Nested
  public class U2Net extends OnStandIn {
    @Override
    ModelPack pack(Path folder) throws IOException {
      return made(folder, PackKind.FOREGROUND, f -> ForegroundStandIn.u2net().write(f));
    }
  }

  @Test
  void aCarIsTheCarByEveryKind() throws IOException {
    Map<String, ModelPack> packs =
        Map.of(
            "oneformer", oneFormer(folder.resolve("oneformer")),
            "mask2former", mask2Former(folder.resolve("mask2former"), PackKind.MASK2FORMER),
            "maskformer", mask2Former(folder.resolve("maskformer"), PackKind.MASKFORMER),
            "detr", detr(folder.resolve("detr"), 64, 64),
            "segformer", segFormer(folder.resolve("segformer")));
    for (Map.Entry<String, ModelPack> pack : packs.entrySet()) {
      Segmentation found = segment(pack.getValue(), Options.DEFAULT);
      Element car = found.find("car").orElseThrow();
      assertThat(car.mask().iou(TRUTH)).as(pack.getKey()).isGreaterThan(.9);
      assertThat(car.confidence()).as(pack.getKey()).isBetween(.9, 1.);
      assertThat(labels(found)).as(pack.getKey()).hasSize(4).contains("road", "background");
    }
  }

  @Test
  void everyTaskOfOneFormerFindsTheCar() throws IOException {
    ModelPack pack = oneFormer(folder.resolve("oneformer"));
    for (SegmentationTask task : SegmentationTask.values()) {
      for (Rule rule : Rule.values()) {
        Segmentation found = segment(pack, Options.DEFAULT.with(task).with(rule));
        assertThat(found.find("car").orElseThrow().mask().iou(TRUTH))
            .as(task + " " + rule)
            .isGreaterThan(.9);
      }
    }
  }

  @Test
  void aNetworkThatGivesNoNumbersIsRefusedByName() throws IOException {
    ModelPack pack = sketched("spoilt", Float.NaN);
    assertThatThrownBy(() -> segment(pack, Options.DEFAULT))
        .isInstanceOf(UnusableOutputException.class)
        .hasMessageContaining("spoilt model output logits: found 2457600 of 2457600 values")
        .hasMessageContaining("add the pack again");
  }

  @Test
  void aSegmenterIsToBlameForEqualElementsOnlyWhenItDoesNotLook() throws IOException {
    List<List<String>> equal = List.of(List.of("car"), List.of("car"));
    List<List<String>> different = List.of(List.of("car"), List.of());
    try (Segmenter blind = Segmenters.open(sketched("blind", 0), Options.DEFAULT, 1);
        Segmenter sound = Segmenters.open(segFormer(folder.resolve("a")), Options.DEFAULT, 1)) {
      SegmenterProbe.requireVariation(sound, equal);
      SegmenterProbe.requireVariation(blind, different);
      assertThatThrownBy(() -> SegmenterProbe.requireVariation(blind, equal))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("blind")
          .hasMessageContaining("found the same output for 4 different inputs");
    }
  }

  private ModelPack sketched(String name, float value) throws IOException {
    return made(
        folder.resolve(name),
        PackKind.SEGFORMER,
        f -> {
          SegFormerStandIn.USUAL.write(f);
          Sketch.write(
              f.resolve("model.onnx"),
              "pixel_values:float[1,3,512,512] -> logits:float[1,150,128,128]",
              value);
        });
  }

  @Test
  void taskTokensReachTheNetwork() throws IOException {
    ModelPack pack = oneFormer(folder.resolve("oneformer"));
    try (PackNetwork network = PackNetwork.open(pack, "model", 1)) {
      Map<String, Tensor> feed =
          new HashMap<>(Map.of("pixel_values", Tensor.allocate(1, 3, 256, 340)));
      feed.put("task_inputs", TaskTokens.of(SegmentationTask.PANOPTIC));
      float panoptic = logit(network, feed);
      feed.put("task_inputs", TaskTokens.of(SegmentationTask.SEMANTIC));
      float semantic = logit(network, feed);
      // 136,240 and 141,082 are the sums of the ids, which the stand-in adds times 1e-8.
      assertThat(semantic - panoptic).isCloseTo(4.842e-5f, within(2e-6f));
    }
  }

  private static float logit(PackNetwork network, Map<String, Tensor> feed) {
    return network
        .run(feed, Set.of("class_queries_logits"), RunContext.NONE)
        .get("class_queries_logits")
        .data()
        .get(1);
  }

  /** transformers.js feeds ones of 64 x 64 whatever the picture's size is. */
  @Test
  void detrTakesBothSizesOfPixelMask() throws IOException {
    Segmentation small = segment(detr(folder.resolve("a"), 64, 64), Options.DEFAULT);
    Segmentation full = segment(detr(folder.resolve("b"), "height", "width"), Options.DEFAULT);
    assertThat(labels(small))
        .containsExactly("car", "sky-other-merged", "road", "background")
        .isEqualTo(labels(full));
  }

  @Test
  void namesComeFromTheConfigurationInLowerCaseTheFirstSynonymOnly() throws IOException {
    Path pack = folder.resolve("named");
    new SegFormerStandIn(512, 21).write(pack);
    StringBuilder names = new StringBuilder();
    for (int id = 0; id < 21; id++) {
      names.append(id == 0 ? "" : ", ").append("\"%d\": \"LABEL_%d\"".formatted(id, id));
    }
    Files.writeString(
        pack.resolve("config.json"),
        "{\"id2label\": {"
            + names
                .toString()
                .replace("LABEL_20", "Car, auto, machine")
                .replace("LABEL_2\"", "Background\"")
            + "}}");
    Segmentation found = segment(StandInPack.open(pack, PackKind.SEGFORMER), Options.DEFAULT);
    assertThat(labels(found)).containsExactlyInAnyOrder("class 6", "car", "background");
  }

  @Test
  void idsTellTasksRulesAndThresholdsApart() throws IOException {
    ModelPack pack = oneFormer(folder.resolve("oneformer"));
    List<Options> all =
        List.of(
            Options.DEFAULT,
            Options.DEFAULT.with(SegmentationTask.SEMANTIC),
            Options.DEFAULT.with(Rule.HUGGING_FACE),
            new Options(Options.DEFAULT.task(), Rule.SHI_LABS, .6, .8, .0005));
    List<String> ids = new ArrayList<>();
    for (Options options : all) {
      try (Segmenter segmenter = Segmenters.open(pack, options, 1)) {
        ids.add(segmenter.id());
      }
    }
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.startsWith(pack.id()));
  }

  @Test
  void foregroundNetworksAreRunAsTheirNamesSay() throws IOException {
    Map<String, ForegroundStandIn> kin =
        Map.of(
            "u2net", ForegroundStandIn.u2net(),
            "isnet-general-use", ForegroundStandIn.isnet(320),
            "birefnet-general", ForegroundStandIn.biRefNet(320));
    for (Map.Entry<String, ForegroundStandIn> one : kin.entrySet()) {
      ModelPack pack =
          made(folder.resolve(one.getKey()), PackKind.FOREGROUND, one.getValue()::write);
      Segmentation found = segment(pack, Options.DEFAULT);
      assertThat(labels(found)).containsExactly("foreground", "background");
      assertThat(found.elements().get(0).mask().iou(TRUTH)).as(one.getKey()).isGreaterThan(.95);
    }
  }

  @Test
  void qualityIsMeasuredOfAnySegmenter() throws IOException {
    try (Segmenter segmenter =
        Segmenters.open(segFormer(folder.resolve("s")), Options.DEFAULT, 1)) {
      SegmentationQuality quality =
          SegmentationQuality.measure(
              segmenter, List.of(new Sample(() -> CAR, Map.of("car", TRUTH))), RunContext.NONE);
      assertThat(quality.labels().get("car").meanIou()).isGreaterThan(.9);
    }
  }

  @Test
  void aTaskThatAPackDoesNotDoIsRefused() throws IOException {
    refused(
        segFormer(folder.resolve("s")),
        Options.DEFAULT.with(SegmentationTask.INSTANCE),
        "task: found instance for s, which is a pack of kind segformer; expected [semantic]");
  }

  @Test
  void aPackOfAnotherKindIsRefused() throws IOException {
    Path pack = folder.resolve("other");
    SegFormerStandIn.USUAL.write(pack);
    refused(
        StandInPack.open(pack, PackKind.SAM),
        Options.DEFAULT,
        "found a pack of kind sam",
        "needs a text, a point or a box");
    assertThatThrownBy(() -> Segmenters.openPrompted(segFormer(folder.resolve("s")), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("finds elements by itself");
  }

  @Test
  void anotherNumberOfClassesThanNamesIsRefused() throws IOException {
    Path pack = folder.resolve("p");
    QueriesStandIn.coco(64, 96, 5).mask2Former(pack);
    Files.writeString(pack.resolve("config.json"), "{\"id2label\": {\"0\": \"car\"}}");
    refused(
        StandInPack.open(pack, PackKind.MASK2FORMER),
        Options.DEFAULT,
        "output class_queries_logits: found 133 classes; expected 1, as",
        "config.json id2label names");
  }

  @Test
  void missingInputsAndOutputsAreAllNamed() throws IOException {
    refused(
        mask2Former(folder.resolve("m"), PackKind.ONEFORMER),
        Options.DEFAULT,
        "input task_inputs: found only [pixel_values]; expected this one");
    Path pack = folder.resolve("p");
    SegFormerStandIn.USUAL.write(pack);
    refused(
        StandInPack.open(pack, PackKind.DETR),
        Options.DEFAULT,
        "output pred_masks: found only [logits]; expected this one");
    refused(
        StandInPack.open(pack, PackKind.MASKFORMER),
        Options.DEFAULT,
        "output class_queries_logits: found only [logits]",
        "output masks_queries_logits: found only [logits]");
  }

  @Test
  void anInputThatNothingIsKnownForIsRefused() throws IOException {
    Path pack = folder.resolve("p");
    Graph graph = new Graph(1).input("pixel_values", DataType.FLOAT, 1, 3, 8, 8);
    graph.input("bounding_box", DataType.FLOAT, 1, 4);
    graph.alias("logits", "pixel_values").output("logits", DataType.FLOAT, 1, 3, 8, 8);
    graph.write(pack.resolve("model.onnx"));
    refused(
        StandInPack.open(pack, PackKind.SEGFORMER),
        Options.DEFAULT,
        "input bounding_box: found an input that nothing is known for");
  }

  @Test
  void anInputThatTakesNoPicturesIsRefused() throws IOException {
    Path pack = folder.resolve("p");
    Graph graph = new Graph(1).input("pixel_values", DataType.FLOAT, 1, 8, 8);
    graph.alias("logits", "pixel_values").output("logits", DataType.FLOAT, 1, 8, 8);
    graph.write(pack.resolve("model.onnx"));
    refused(
        StandInPack.open(pack, PackKind.SEGFORMER),
        Options.DEFAULT,
        "input pixel_values: found float32 [1, 8, 8]; expected a picture, [1, 3, height, width]");
  }

  /** An export of one size that does not declare it. */
  @Test
  void aNetworkThatFailsAtASizeSaysWhatToDo() throws IOException {
    Path pack = folder.resolve("p");
    Graph graph = new Graph(1).input("pixel_values", DataType.FLOAT, 1, 3, "height", "width");
    graph.alias("logits", graph.node("Reshape", "pixel_values", graph.ints(1, 3, 64, 64)));
    graph.output("logits", DataType.FLOAT, 1, 3, "h", "w");
    graph.write(pack.resolve("model.onnx"));
    assertThatThrownBy(() -> segment(StandInPack.open(pack, PackKind.SEGFORMER), Options.DEFAULT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pixel_values [1, 3, 512, 512]")
        .hasMessageContaining("an export runs only at the sizes that it was made for");
  }

  /** What OneFormer's export gives at most sizes (docs/model-contracts.md section 4.1.3). */
  @Test
  void aGridSampleOfFloat64NamesItsFix() throws IOException {
    Path file = folder.resolve("p/model.onnx");
    Graph graph = new Graph(1).input("pixel_values", DataType.FLOAT, 1, 3, 8, 8);
    String grid = graph.cast(graph.random(.5, 1, 8, 8, 2), DataType.DOUBLE);
    graph.named("logits", "GridSample", List.of("pixel_values", grid), Map.of());
    graph.output("logits", DataType.FLOAT, 1, 3, 8, 8).write(file);
    assertThatThrownBy(() -> StandInPack.open(file.getParent(), PackKind.ONEFORMER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("GridSample");
    Graph sound = new Graph(1).input("pixel_values", DataType.FLOAT, 1, 3, 8, 8);
    sound.alias("logits", "pixel_values").output("logits", DataType.FLOAT, 1, 3, 8, 8);
    ModelPack pack = StandInPack.open(sound.write(file).getParent(), PackKind.ONEFORMER);
    graph.write(file);
    refused(
        pack, Options.DEFAULT, "put a Cast to float before the second input of every GridSample");
  }

  private static void refused(ModelPack pack, Options options, String... words) {
    assertThatThrownBy(() -> Segmenters.open(pack, options, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }

  private static Segmentation segment(ModelPack pack, Options options) throws IOException {
    try (Segmenter segmenter = Segmenters.open(pack, options, 1)) {
      return segmenter.segment(CAR);
    }
  }

  private static List<String> labels(Segmentation found) {
    return found.elements().stream().map(Element::label).toList();
  }

  /** Of a fixed size that is not the picture's, as exports of OneFormer are. */
  private static ModelPack oneFormer(Path folder) throws IOException {
    return made(folder, PackKind.ONEFORMER, f -> QueriesStandIn.ade20k(256, 340, 20).oneFormer(f));
  }

  private static ModelPack mask2Former(Path folder, PackKind kind) throws IOException {
    return made(folder, kind, f -> QueriesStandIn.coco(256, 352, 20).mask2Former(f));
  }

  private static ModelPack detr(Path folder, Object maskHeight, Object maskWidth)
      throws IOException {
    return made(folder, PackKind.DETR, f -> QueriesStandIn.detr(20).detr(f, maskHeight, maskWidth));
  }

  private static ModelPack segFormer(Path folder) throws IOException {
    return made(folder, PackKind.SEGFORMER, SegFormerStandIn.USUAL::write);
  }

  private static ModelPack made(Path folder, PackKind kind, Writing writing) throws IOException {
    writing.to(folder);
    return StandInPack.open(folder, kind);
  }
}
