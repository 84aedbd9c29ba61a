package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.image.PicturePreparation;
import dev.anvil.image.PilResize.Filter;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.standin.BackboneStandIn;
import dev.anvil.standin.ClipStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Encoders of pictures on stand-ins of every layout of docs/model-contracts.md sections 2.4 and 3.
 */
class PictureEncoderTest {
  @TempDir static Path folder;

  @Nested
  class ClipWithTokens extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      return clip(ClipStandIn.TINY.split(folder.resolve("tokens"), true));
    }

    @Test
    void hasBlocksOfTheirOwnWidths() {
      assertThat(encoder().blocks())
          .containsExactly(new Block("whole", 12), new Block("element", 20), new Block("place", 5));
    }
  }

  @Nested
  class ClipWithoutTokens extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      return clip(ClipStandIn.TINY.split(folder.resolve("plain"), false));
    }

    @Test
    void embedsTheCropInTheSameSpace() {
      assertThat(encoder().blocks())
          .containsExactly(new Block("whole", 12), new Block("element", 12), new Block("place", 5));
    }
  }

  @Nested
  class ClipCombined extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      return clip(ClipStandIn.TINY.combined(folder.resolve("combined")));
    }
  }

  @Nested
  class ClipOfOneInputAndOneOutput extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      return clip(ClipStandIn.TINY.single(folder.resolve("single"), "input", "output"));
    }
  }

  @Nested
  class ClipOfHalfPrecisionAndOnePictureAtOnce extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      ClipStandIn half = new ClipStandIn(32, 8, 20, 12, DataType.FLOAT16, 1);
      return clip(half.split(folder.resolve("half"), true));
    }
  }

  @Nested
  class ClipOfThreePicturesAtOnce extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      ClipStandIn three = new ClipStandIn(32, 8, 20, 12, DataType.FLOAT, 3);
      return clip(three.split(folder.resolve("three"), false));
    }
  }

  @Nested
  class Siglip extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      return clip(ClipStandIn.TINY.siglip(folder.resolve("siglip")));
    }
  }

  @Nested
  class Backbone extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      return backbone(BackboneStandIn.TINY.timm(folder.resolve("timm")));
    }
  }

  @Nested
  class BackboneWithMap extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      return backbone(BackboneStandIn.TINY.optimum(folder.resolve("optimum")));
    }
  }

  @Nested
  class Scores extends EncoderContract {
    @Override
    Encoder open() throws IOException {
      return Encoders.openScores(
          pack(BackboneStandIn.TINY.classifier(folder.resolve("asked")), PackKind.BACKBONE), 1);
    }

    @Test
    void haveAColumnForEachClass() {
      assertThat(encoder().blocks().get(0)).isEqualTo(new Block("whole", 1000));
      assertThat(encoder().id()).endsWith("-scores");
    }
  }

  @Test
  void normalisesWhatTheNetworkGives() throws IOException {
    ModelPack pack = pack(ClipStandIn.TINY.split(folder.resolve("raw"), false), PackKind.CLIP);
    Picture picture = noise(50, 40);
    PicturePreparation preparation = PicturePreparation.of(pack, PicturePreparation.CLIP);
    float[] raw;
    try (OnnxNetwork network = pack.network("vision", 1)) {
      Tensor planes = preparation.prepare(picture).tensor();
      raw = network.run(Map.of("pixel_values", planes)).get("image_embeds").toArray();
    }
    assertThat(TextEncoderContract.dot(raw, raw)).isNotCloseTo(1, within(.1));

    float[] row = whole(Encoders.open(pack, 1), picture);

    assertCosine(row, raw, 1);
    assertThat(TextEncoderContract.dot(row, row)).isCloseTo(1, within(1e-6));
  }

  /**
   * The trap of docs/model-contracts.md section 2.4: one export is normalised, the other is not.
   */
  @Test
  void givesTheSameForEveryLayoutOfOneNetwork() throws IOException {
    Picture picture = noise(50, 40);
    float[] split = whole(clip(ClipStandIn.TINY.split(folder.resolve("a"), true)), picture);
    float[] both = whole(clip(ClipStandIn.TINY.combined(folder.resolve("b"))), picture);
    float[] one = whole(clip(ClipStandIn.TINY.single(folder.resolve("c"), "x", "y")), picture);
    assertThat(both).containsExactly(split, within(1e-6f));
    assertThat(one).containsExactly(split, within(1e-6f));
  }

  @Test
  void averagesTheTokensInsideTheMask() throws IOException {
    ModelPack pack = pack(ClipStandIn.TINY.split(folder.resolve("inside"), true), PackKind.CLIP);
    Picture picture = noise(32, 32);
    PicturePreparation preparation = PicturePreparation.of(pack, PicturePreparation.CLIP);
    float[] tokens;
    try (OnnxNetwork network = pack.network("vision", 1)) {
      Tensor planes = preparation.prepare(picture).tensor();
      tokens = network.run(Map.of("pixel_values", planes)).get("last_hidden_state").toArray();
    }
    float[] expected = new float[20]; // of the upper left patch by 2/3, of the next one by 1/3
    for (int c = 0; c < 20; c++) {
      expected[c] = (2 * tokens[20 + c] + tokens[40 + c]) / 3;
    }

    float[] element = element(Encoders.open(pack, 1), picture, new Box(0, 0, 12, 8));

    assertCosine(element, expected, 1);
    float[] beside = element(Encoders.open(pack, 1), picture, new Box(20, 0, 32, 8));
    assertThat(TextEncoderContract.dot(beside, element)).isLessThan(.999);
  }

  @Test
  void looksAtTheNearestTokenForAnElementOutsideTheSquare() throws IOException {
    Encoder encoder = clip(ClipStandIn.TINY.split(folder.resolve("outside"), true));
    Picture wide = noise(96, 32); // the network sees columns 32 to 63
    float[] outside = element(encoder, wide, new Box(0, 9, 6, 15));
    float[] first = element(encoder, wide, new Box(32, 8, 40, 16));
    assertThat(outside).isEqualTo(first);
  }

  @Test
  void averagesTheMapInsideTheMask() throws IOException {
    ModelPack pack = pack(BackboneStandIn.TINY.map(folder.resolve("map")), PackKind.BACKBONE);
    Picture picture = noise(64, 64);
    PicturePreparation preparation = PicturePreparation.of(pack, PicturePreparation.CLIP);
    float[] map;
    try (OnnxNetwork network = pack.network("model", 1)) {
      Tensor planes = preparation.cropped(Optional.empty()).prepare(picture).tensor();
      map = network.run(Map.of("pixel_values", planes)).get("features").toArray();
    }
    float[] everywhere = new float[24];
    float[] inside = new float[24];
    for (int c = 0; c < 24; c++) {
      for (int i = 0; i < 64; i++) {
        everywhere[c] += map[c * 64 + i];
      }
      inside[c] = map[c * 64 + 9]; // row 1, column 1
    }

    Encoder encoder = Encoders.open(pack, 1);

    assertCosine(whole(encoder, picture), everywhere, 1);
    assertCosine(element(encoder, picture, new Box(8, 8, 16, 16)), inside, 1);
  }

  @Test
  void cutsASquareAroundTheElement() {
    Picture picture = noise(60, 40);
    PicturePreparation clip = PicturePreparation.CLIP;
    Picture inside = ElementCrop.of(picture, new Box(20, 10, 40, 20), clip);
    assertThat(inside).isEqualTo(picture.crop(18, 3, 24, 24));
    Picture corner = ElementCrop.of(picture, new Box(0, 0, 10, 10), clip);
    assertThat(corner).isEqualTo(picture.crop(0, 0, 12, 12));

    Picture wide = ElementCrop.of(picture, new Box(0, 10, 60, 30), clip);
    assertThat(wide.width()).isEqualTo(72).isEqualTo(wide.height());
    assertThat(wide.crop(6, 16, 60, 40)).isEqualTo(picture);
    assertThat(wide.get(0, 0, 0)).isEqualTo(123); // 255 times CLIP's mean of red
    assertThat(clip.prepare(wide).planes().get(0)).isCloseTo(0, within(.01f));
  }

  /** The widths of the paper's Table I. */
  @Test
  void hasTheWidthsOfThePapersNetworks() throws IOException {
    try (Encoder clip = clip(ClipStandIn.VIT_B_32.split(folder.resolve("vit-b-32"), true));
        Encoder resnet = backbone(BackboneStandIn.RESNET_200D.timm(folder.resolve("resnet")))) {
      assertThat(clip.blocks())
          .containsExactly(
              new Block("whole", 512), new Block("element", 768), new Block("place", 5));
      assertThat(resnet.blocks().get(0)).isEqualTo(new Block("whole", 2048));
    }
  }

  @Test
  void preparesAsTimmsOwnConfigurationSays() throws IOException {
    ModelPack pack = pack(BackboneStandIn.TINY.timm(folder.resolve("config")), PackKind.BACKBONE);
    PicturePreparation said = PackConfig.of(pack).preparation(false, OptionalInt.empty());
    assertThat(said).isEqualTo(PicturePreparation.timm(64, .95, Filter.BICUBIC));
  }

  @Test
  void refusesFeaturesThatAreNotInTheSpaceOfTexts() throws IOException {
    refuses(
        pack(ClipStandIn.TINY.unprojected(folder.resolve("unprojected")), PackKind.CLIP),
        "found the outputs last_hidden_state float32 [*, 17, 20], pooler_output float32 [*, 20];"
            + " expected image_embeds of width 12 (projection_dim in config.json)",
        "export CLIPVisionModelWithProjection");
  }

  @Test
  void refusesAClassifierUnlessItIsAskedFor() throws IOException {
    refuses(
        pack(BackboneStandIn.TINY.classifier(folder.resolve("classes")), PackKind.BACKBONE),
        "found the outputs logits float32 [*, 1000]; expected features before the classifier");
  }

  @Test
  void refusesKindsThatEncodeNothing() throws IOException {
    refuses(
        pack(BackboneStandIn.TINY.map(folder.resolve("kind")), PackKind.SEGFORMER),
        "found a pack of the kind segformer, which does not encode pictures");
    refuses(
        pack(BackboneStandIn.TINY.map(folder.resolve("none")), PackKind.ANVIL),
        "found no encoder; expected one");
  }

  @Test
  void refusesPicturesOfAnotherSizeThanTheNetworkRunsOn() throws IOException {
    Path other = ClipStandIn.TINY.split(folder.resolve("other"), false);
    Path config = other.resolve(PicturePreparation.FILE);
    Files.writeString(config, "{\"size\": 40, \"crop_size\": 40}");
    refuses(
        pack(other, PackKind.CLIP),
        "found that the network does not run on a picture of 40 x 40, as its configuration");
    Files.writeString(config, "{\"size\": 40, \"do_center_crop\": false}");
    refuses(
        pack(other, PackKind.CLIP),
        "found that pictures are prepared to a size that depends on the picture; expected one"
            + " size");
  }

  private static void refuses(ModelPack pack, String... messages) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Encoders.open(pack, 1).close())
        .satisfies(e -> assertThat(e.getMessage()).contains(messages));
  }

  private static float[] whole(Encoder encoder, Picture picture) {
    return columns(encoder, new View(picture, Optional.empty()), 0);
  }

  private static float[] element(Encoder encoder, Picture picture, Box box) {
    Mask mask = Masks.ofBox(picture.width(), picture.height(), box);
    return columns(encoder, new View(picture, Optional.of(mask)), 1);
  }

  private static float[] columns(Encoder encoder, View view, int block) {
    float[] row = encoder.infer(List.of(encoder.prepare(view)), RunContext.NONE)[0];
    int from = encoder.blocks().stream().limit(block).mapToInt(Block::length).sum();
    return Arrays.copyOfRange(row, from, from + encoder.blocks().get(block).length());
  }

  private static void assertCosine(float[] row, float[] expected, double cosine) {
    double length = Math.sqrt(TextEncoderContract.dot(expected, expected));
    assertThat(TextEncoderContract.dot(row, expected) / length).isCloseTo(cosine, within(1e-6));
  }

  private static Picture noise(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    new SplittableRandom(7).nextBytes(rgb);
    return new Picture(width, height, rgb);
  }

  private static Encoder clip(Path pack) throws IOException {
    return Encoders.open(pack(pack, PackKind.CLIP), 1);
  }

  private static Encoder backbone(Path pack) throws IOException {
    return Encoders.open(pack(pack, PackKind.BACKBONE), 1);
  }

  private static ModelPack pack(Path pack, PackKind kind) throws IOException {
    return StandInPack.open(pack, kind);
  }
}
