package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.image.PicturePreparation.Crop;
import dev.anvil.image.PicturePreparation.Prepared;
import dev.anvil.image.PilResize.Filter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values from transformers 5.18 with Pillow 12.3 (docs/model-contracts.md sections 1.2 and 1.3,
 * preprocess.json).
 */
class PicturePreparationTest {
  private static final PicturePreparation DETR =
      PicturePreparation.imagenet(new SizeRule.ShortestWithin(800, 1333), Filter.BILINEAR);

  @TempDir Path folder;

  static Stream<JsonNode> processors() throws IOException {
    try (InputStream in = PicturePreparationTest.class.getResourceAsStream("preprocess.json")) {
      return new JsonMapper().readTree(in).get("processors").valueStream();
    }
  }

  @ParameterizedTest
  @MethodSource("processors")
  void equalsHuggingFaceBitForBit(JsonNode row) throws IOException {
    PicturePreparation preparation = processor(row.get("processor").asText());
    Prepared prepared =
        preparation.prepare(TestPictures.reference(row.get("w").asInt(), row.get("h").asInt()));

    List<Long> shape = row.get("shape").valueStream().map(JsonNode::asLong).toList();
    assertThat(prepared.tensor().shape()).isEqualTo(shape);
    int height = shape.get(2).intValue();
    int width = shape.get(3).intValue();
    double sum = 0;
    for (float v : prepared.tensor().toArray()) {
      sum += v;
    }
    assertThat(sum / prepared.planes().limit())
        .isCloseTo(row.get("mean").asDouble(), within(1e-6)); // numpy sums in float32
    for (int c = 0; c < 3; c++) {
      for (int x = 0; x < 3; x++) {
        assertThat(prepared.planes().get(c * height * width + x))
            .isEqualTo(row.get("first_row_first3").get(c).get(x).floatValue());
      }
      assertThat(prepared.planes().get((c * height + height / 2) * width + width / 2))
          .isEqualTo(row.get("centre").get(c).floatValue());
    }
  }

  /** Each processor by the file that a published pack has. */
  private PicturePreparation processor(String name) throws IOException {
    return switch (name) {
      case "clip" ->
          read(
              """
              {"crop_size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true,
               "feature_extractor_type": "CLIPFeatureExtractor", "resample": 3, "size": 224,
               "image_mean": [0.48145466, 0.4578275, 0.40821073],
               "image_std": [0.26862954, 0.26130258, 0.27577711]}\
              """,
              PicturePreparation.CLIP);
      case "segformer_512" ->
          read(
              "{\"size\": {\"height\": 512, \"width\": 512}, \"do_reduce_labels\": true}",
              PicturePreparation.imagenet(new SizeRule.Exact(new Size(1, 1)), Filter.BILINEAR));
      case "oneformer_ade20k_tiny(shortest512,longest2048)" ->
          read("{\"size\": {\"shortest_edge\": 512, \"longest_edge\": 2048}}", DETR);
      case "mask2former_default" ->
          read(
              "{\"size\": {\"shortest_edge\": 800, \"longest_edge\": 1333}, \"size_divisor\": 32}",
              DETR);
      case "detr_800_1333" -> read("{\"size\": 800, \"max_size\": 1333}", DETR);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "300,200,c369818a7193f4976988547ee1c3ad25",
    "640,480,8ee19ea82e916a2a07842a9ac0247829",
    "97,211,d138e36bc4c382b5dfca14df740c92b7",
    "224,224,1b6956413919c4336b57ccd5575f4a76",
    "1000,667,629c4ff1b7087263e636c8b8ac518942"
  })
  void seesTheMiddleSquareAsClipDoes(int width, int height, String hash) {
    Picture view = PicturePreparation.CLIP.view(TestPictures.reference(width, height));
    assertThat(Sha256.of(view.rgb())).startsWith(hash);
  }

  /** Pillow 12.3, {@code resize((403, 269), BICUBIC)}, then torchvision's rounding of the crop. */
  @Test
  void cropsAsTorchvisionDoesForTimm() {
    Picture view =
        PicturePreparation.timm(256, .95, Filter.BICUBIC).view(TestPictures.reference(1000, 667));
    assertThat(Sha256.of(view.rgb()))
        .isEqualTo("5f7a197b6852b75489494118cce25a0bb4f252d69d92813019dd309dd08e9750");
  }

  @ParameterizedTest
  @CsvSource({
    "300,200,336,224,512,768",
    "640,480,298,224,512,682",
    "97,211,224,487,1113,512",
    "1000,667,335,224,512,767",
    "6000,200,6720,224,68,2048",
    "200,6000,224,6720,2048,68"
  })
  void followsTheSizeRules(
      int width, int height, int shortWidth, int shortHeight, int withinHeight, int withinWidth) {
    Size size = new Size(width, height);
    assertThat(new SizeRule.Shortest(224).of(size)).isEqualTo(new Size(shortWidth, shortHeight));
    assertThat(new SizeRule.ShortestWithin(512, 2048).of(size))
        .isEqualTo(new Size(withinWidth, withinHeight));
  }

  @Test
  void bringsTheLongerSideToALengthAndPads() throws IOException {
    PicturePreparation sam =
        read(
            "{\"size\": {\"longest_edge\": 64}, \"pad_size\": {\"height\": 64, \"width\": 64},"
                + " \"do_pad\": true}",
            PicturePreparation.imagenet(new SizeRule.Longest(1024), Filter.BILINEAR));
    Prepared prepared = sam.prepare(TestPictures.noise(100, 33, 1));

    assertThat(prepared.tensor().shape()).containsExactly(1L, 3L, 64L, 64L);
    assertThat(prepared.framing().resized()).isEqualTo(new Size(64, 21));
    assertThat(prepared.framing().shown()).isEqualTo(new Box(0, 0, 64, 21));
    assertThat(prepared.planes().get(20 * 64)).isNotZero();
    assertThat(prepared.planes().get(21 * 64)).isZero();
    assertThat(prepared.planes().get(64 * 64)).isNotZero();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PicturePreparation(
                        Optional.empty(),
                        Filter.BOX,
                        Optional.empty(),
                        1,
                        sam.mean(),
                        sam.std(),
                        sam.pad())
                    .framing(new Size(65, 3)))
        .withMessageContaining(
            "found a picture of 65 x 3 after resizing; expected at most 64 x 64");
  }

  /** A picture smaller than the crop has black around it, the odd pixel above and left. */
  @Test
  void fillsACropThatIsLargerThanThePicture() {
    PicturePreparation preparation =
        new PicturePreparation(
            Optional.empty(),
            Filter.BOX,
            Optional.of(new Crop(new Size(4, 3), false)),
            1,
            List.of(0f, 0f, 0f),
            List.of(1f, 1f, 1f),
            Optional.empty());
    Picture white = new Picture(1, 5, new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9});

    Prepared prepared = preparation.prepare(white);

    assertThat(java.util.Arrays.copyOf(prepared.tensor().toArray(), 12))
        .containsExactly(0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9, 0);
    assertThat(prepared.framing().shown()).isEqualTo(new Box(2, 0, 3, 3));
    assertThat(prepared.framing().seen()).isEqualTo(new Box(0, 1, 1, 4));
  }

  @Test
  void leavesOutWhatItIsToldToLeaveOut() throws IOException {
    PicturePreparation plain =
        read(
            "{\"do_resize\": false, \"do_center_crop\": false, \"do_rescale\": false,"
                + " \"do_normalize\": false}",
            PicturePreparation.CLIP);
    Picture picture = TestPictures.noise(7, 5, 2);

    assertThat(plain.view(picture)).isEqualTo(picture);
    assertThat(plain.prepare(picture).planes().get(8)).isEqualTo(picture.get(1, 1, 0));
    assertThat(read("{}", PicturePreparation.CLIP)).isEqualTo(PicturePreparation.CLIP);
    assertThat(read("{\"do_rescale\": true, \"rescale_factor\": 0.5}", DETR).scale()).isEqualTo(.5);
  }

  @Test
  void readsEachFilterByItsCode() throws IOException {
    List<Filter> filters =
        List.of(
            Filter.NEAREST,
            Filter.LANCZOS,
            Filter.BILINEAR,
            Filter.BICUBIC,
            Filter.BOX,
            Filter.HAMMING);
    for (int code = 0; code < 6; code++) {
      assertThat(read("{\"resample\": %d}".formatted(code), DETR).filter())
          .isEqualTo(filters.get(code));
    }
  }

  @Test
  void oneNumberMeansWhatItMeansToTheProcessor() throws IOException {
    assertThat(read("{\"size\": 64}", PicturePreparation.CLIP).resize())
        .contains(new SizeRule.Shortest(64));
    assertThat(read("{\"size\": 64}", DETR).resize())
        .contains(new SizeRule.ShortestWithin(64, 1333));
    PicturePreparation stretched = DETR.stretched(new Size(9, 9));
    assertThat(read("{\"size\": 64}", stretched).resize())
        .contains(new SizeRule.Exact(new Size(64, 64)));
    PicturePreparation multiple =
        PicturePreparation.imagenet(
            new SizeRule.MultipleOf(new SizeRule.Shortest(800), 32), Filter.BILINEAR);
    assertThat(read("{\"size\": 64}", multiple).resize())
        .contains(new SizeRule.MultipleOf(new SizeRule.Shortest(64), 32));
    assertThat(read("{\"size\": 64, \"size_divisibility\": 0}", multiple).resize())
        .contains(new SizeRule.Shortest(64));
  }

  /** transformers' ConvNextImageProcessor: cuts a share below 384, stretches from there on. */
  @Test
  void cutsAShareAsConvNextDoes() throws IOException {
    PicturePreparation small =
        read("{\"size\": {\"shortest_edge\": 224}, \"crop_pct\": 0.875}", DETR);
    assertThat(small.resize()).contains(new SizeRule.Shortest(256));
    assertThat(small.crop()).contains(new Crop(new Size(224, 224), false));
    PicturePreparation large =
        read("{\"size\": {\"shortest_edge\": 384}, \"crop_pct\": null}", DETR);
    assertThat(large.resize()).contains(new SizeRule.Exact(new Size(384, 384)));
    assertThat(large.crop()).isEmpty();
  }

  @Test
  void namesEveryProblemOfAFile() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                read(
                    "{\"size\": {\"side\": 3}, \"crop_size\": -1, \"resample\": 6,"
                        + " \"do_normalize\": \"yes\", \"image_mean\": [1, 2],"
                        + " \"image_std\": [1, 0, 1], \"rescale_factor\": \"1/255\"}",
                    PicturePreparation.CLIP))
        .satisfies(e -> assertThat(e.problems()).hasSize(7))
        .withMessageContaining(
            "size: found {\"side\":3}; expected a number, or shortest_edge, longest_edge, or height"
                + " and width")
        .withMessageContaining("crop_size: found -1; expected a whole number of 1 to 16384");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read("{", PicturePreparation.CLIP))
        .withMessageContaining("found no JSON at line 1");
  }

  @Test
  void mapsPixelsBackAndForth() {
    Framing framing = PicturePreparation.CLIP.framing(new Size(640, 480));
    assertThat(framing)
        .isEqualTo(new Framing(new Size(640, 480), new Size(298, 224), 37, 0, new Size(224, 224)));
    Box seen = framing.seen();
    assertThat(seen.left()).isCloseTo(37 * 640 / 298., within(1e-9));
    assertThat(seen.right()).isCloseTo(261 * 640 / 298., within(1e-9));
    Box box = new Box(100, 50, 200, 150);
    Box again = framing.toSource(framing.toFrame(box));
    assertThat(again.left()).isCloseTo(100, within(1e-9));
    assertThat(again.bottom()).isCloseTo(150, within(1e-9));
  }

  @Test
  void showsAMaskAsItShowsThePicture() {
    Mask mask = Masks.ofBox(640, 480, new Box(320, 0, 640, 480));
    Mask shown = PicturePreparation.CLIP.framing(new Size(640, 480)).toFrame(mask);
    assertThat(shown.get(110, 100)).isZero();
    assertThat(shown.get(113, 100)).isEqualTo(1);
    assertThat(shown.coverage()).isCloseTo(.5, within(.01));
  }

  private PicturePreparation read(String json, PicturePreparation defaults) throws IOException {
    Path file = Files.writeString(folder.resolve(PicturePreparation.FILE), json);
    return PicturePreparation.read(file, defaults);
  }
}
