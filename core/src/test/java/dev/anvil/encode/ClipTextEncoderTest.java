package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.anvil.InvalidInputException;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.standin.BackboneStandIn;
import dev.anvil.standin.ClipStandIn;
import dev.anvil.text.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders of texts on stand-ins of every layout of docs/model-contracts.md section 2.4. */
class ClipTextEncoderTest {
  @TempDir static Path folder;

  @Nested
  class OfItsOwnNetwork extends TextEncoderContract {
    @Override
    TextEncoder open() throws IOException {
      return Encoders.openText(pack(ClipStandIn.TINY.split(folder.resolve("split"), true)), 1);
    }
  }

  @Nested
  class OfTheCombinedNetwork extends TextEncoderContract {
    @Override
    TextEncoder open() throws IOException {
      return Encoders.openText(pack(ClipStandIn.TINY.combined(folder.resolve("combined"))), 1);
    }
  }

  @Nested
  class OfOneInputAndOneOutput extends TextEncoderContract {
    @Override
    TextEncoder open() throws IOException {
      return Encoders.openText(
          pack(ClipStandIn.TINY.single(folder.resolve("single"), "input", "output")), 1);
    }
  }

  @Nested
  class OfHalfPrecision extends TextEncoderContract {
    @Override
    TextEncoder open() throws IOException {
      ClipStandIn half = new ClipStandIn(32, 8, 20, 12, DataType.FLOAT16, 1);
      return Encoders.openText(pack(half.split(folder.resolve("half"), false)), 1);
    }
  }

  /**
   * Padding does not matter to CLIP, so ids without any give the same (docs/model-contracts.md
   * section 2.4).
   */
  @Test
  void givesTheNormalisedOutputForTheTokens() throws IOException {
    ModelPack pack = pack(ClipStandIn.TINY.split(folder.resolve("plain"), false));
    int[] tokens = ClipTokenizer.of(pack, "").encode("a red car");
    float[] ids = new float[tokens.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens[i];
    }
    try (OnnxNetwork network = pack.network("text", 1);
        TextEncoder encoder = Encoders.openText(pack, 1)) {
      float[] raw =
          network
              .run(Map.of("input_ids", Tensor.of(ids, 1, ids.length)))
              .get("text_embeds")
              .toArray();
      double length = Math.sqrt(TextEncoderContract.dot(raw, raw));
      assertThat(length).isNotCloseTo(1, within(.1));
      float[] row = encoder.encode(List.of("a red car"))[0];
      for (int i = 0; i < row.length; i++) {
        assertThat((double) row[i]).isCloseTo(raw[i] / length, within(1e-6));
      }
    }
  }

  @Test
  void hasTheDimensionOfThePictures() throws IOException {
    ModelPack pack = pack(ClipStandIn.TINY.combined(folder.resolve("both")));
    try (TextEncoder texts = Encoders.openText(pack, 1);
        Encoder pictures = Encoders.open(pack, 1)) {
      assertThat(texts.dimension()).isEqualTo(pictures.blocks().get(0).length()).isEqualTo(12);
      assertThat(texts.id()).isNotEqualTo(pictures.id());
    }
  }

  @Test
  void refusesPacksWithoutTextsWithTheReason() throws IOException {
    refuses(
        StandInPack.open(BackboneStandIn.TINY.timm(folder.resolve("backbone")), PackKind.BACKBONE),
        "found a pack of the kind backbone, which does not encode texts; expected the kind clip");
    refuses(
        pack(ClipStandIn.TINY.unprojected(folder.resolve("vision-only"))),
        "found no network of texts");
    Path siglip = ClipStandIn.TINY.siglip(folder.resolve("siglip"));
    Files.copy(
        folder.resolve("siglip/onnx/vision_model.onnx"), siglip.resolve("onnx/text_model.onnx"));
    refuses(pack(siglip), "found a Unigram tokenizer");
    Path untold = ClipStandIn.TINY.split(folder.resolve("untold"), false);
    Files.delete(untold.resolve("vocab.json"));
    refuses(pack(untold), "found no tokenizer.json, nor vocab.json with merges.txt");
  }

  private static void refuses(ModelPack pack, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Encoders.openText(pack, 1))
        .withMessageContaining(message);
  }

  private static ModelPack pack(Path folder) throws IOException {
    return StandInPack.open(folder, PackKind.CLIP);
  }
}
