package dev.anvil.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackAdder;
import dev.anvil.packs.PackKind;
import dev.anvil.standin.ClipSegStandIn;
import dev.anvil.standin.ControlNetStandIn;
import dev.anvil.standin.DiffusionStandIn;
import dev.anvil.standin.ForegroundStandIn;
import dev.anvil.standin.Graph;
import dev.anvil.standin.LamaStandIn;
import dev.anvil.standin.MiGanStandIn;
import dev.anvil.standin.QueriesStandIn;
import dev.anvil.standin.SamStandIn;
import dev.anvil.standin.SegFormerStandIn;
import dev.anvil.standin.Sketch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stand-ins of every family are sound; networks of theirs that give NaN or a constant are not. */
class OutputCheckTest {
  private static final String DEPTH =
      "pixel_values:float[1,3,56,56] -> predicted_depth:float[1,56,56]";

  @TempDir Path folder;

  private interface Writing {
    void to(Path folder) throws IOException;
  }

  private List<Problem> problems(PackKind kind, Writing writing) throws IOException {
    Path source = Files.createTempDirectory(folder, "source");
    writing.to(source);
    ModelPack pack =
        new PackAdder(new ModelFolder(Files.createTempDirectory(folder, "models")))
            .add(
                source,
                new PackAdder.Request(
                    Optional.of("tried"),
                    Optional.empty(),
                    Optional.of(kind),
                    Optional.empty(),
                    Optional.empty()),
                RunContext.NONE)
            .pack();
    return OutputCheck.problems(pack);
  }

  @Test
  void everyStandInIsSound() throws IOException {
    Map<PackKind, Writing> standIns = new TreeMap<>();
    standIns.put(PackKind.ONEFORMER, f -> QueriesStandIn.ade20k(64, 64, 5).oneFormer(f));
    standIns.put(PackKind.MASK2FORMER, f -> QueriesStandIn.coco(64, 64, 5).mask2Former(f));
    standIns.put(PackKind.DETR, f -> QueriesStandIn.detr(5).detr(f, 64, 64));
    standIns.put(PackKind.SEGFORMER, SegFormerStandIn.USUAL::write);
    standIns.put(PackKind.FOREGROUND, f -> ForegroundStandIn.u2net().write(f));
    standIns.put(PackKind.CLIPSEG, OutputCheckTest::clipSeg);
    standIns.put(PackKind.SAM, SamStandIn::split);
    standIns.put(PackKind.INPAINTING, f -> LamaStandIn.fixed().write(f.resolve("model.onnx")));
    standIns.put(PackKind.STABLE_DIFFUSION, f -> new DiffusionStandIn().write(f));
    standIns.put(
        PackKind.CONTROLNET, f -> ControlNetStandIn.write(f, ControlNetStandIn.Contract.A));
    standIns.put(PackKind.DEPTH, f -> depth().write(f.resolve("model.onnx")));
    for (Map.Entry<PackKind, Writing> standIn : standIns.entrySet()) {
      assertThat(problems(standIn.getKey(), standIn.getValue()))
          .as(standIn.getKey().text())
          .isEmpty();
    }
    assertThat(problems(PackKind.SAM, SamStandIn::classic)).isEmpty();
    assertThat(
            problems(
                PackKind.INPAINTING, f -> MiGanStandIn.pipeline().write(f.resolve("model.onnx"))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, found the same output", "NaN, no finite numbers"})
  void segmentersThatGiveAConstantOrNoNumbersAreRefused(float value, String expected)
      throws IOException {
    assertThat(
            problems(
                PackKind.SEGFORMER,
                f -> {
                  SegFormerStandIn.USUAL.write(f);
                  sketch(
                      f.resolve("model.onnx"),
                      "pixel_values:float[1,3,512,512] -> logits:float[1,150,128,128]",
                      value);
                }))
        .singleElement()
        .asString()
        .contains("tried", expected);
    assertThat(
            problems(
                PackKind.SAM,
                f -> {
                  SamStandIn.split(f);
                  sketch(
                      f.resolve("vision_encoder.onnx"),
                      "pixel_values:float[1,3,1024,1024] -> image_embeddings:float[1,256,64,64]"
                          + " image_positional_embeddings:float[1,256,64,64]",
                      value);
                }))
        .singleElement()
        .asString()
        .contains("tried", expected);
  }

  @ParameterizedTest
  @CsvSource({"0, found the same output", "NaN, no finite numbers"})
  void inpaintersThatGiveAConstantOrNoNumbersAreRefused(float value, String expected)
      throws IOException {
    String signature = "input:float[1,4,512,512] -> output:float[1,3,512,512]";
    assertThat(
            problems(PackKind.INPAINTING, f -> sketch(f.resolve("model.onnx"), signature, value)))
        .singleElement()
        .asString()
        .contains("tried", expected);
  }

  @ParameterizedTest
  @CsvSource({
    "text_encoder, 'input_ids:int64[batch,77] -> last_hidden_state:float[1,77,32]'",
    "unet, 'sample:float[1,4,8,8] timestep:int64[] encoder_hidden_states:float[1,77,32]"
        + " -> out_sample:float[1,4,8,8]'",
    "vae_decoder, 'latent_sample:float[1,4,8,8] -> sample:float[1,3,64,64]'",
    "vae_encoder, 'sample:float[1,3,64,64] -> latent_parameters:float[1,8,8,8]'"
  })
  void everyNetworkOfADiffusionIsTried(String role, String signature) throws IOException {
    for (float value : new float[] {0, Float.NaN}) {
      assertThat(
              problems(
                  PackKind.STABLE_DIFFUSION,
                  f -> {
                    new DiffusionStandIn().write(f);
                    sketch(f.resolve(role + "/model.onnx"), signature, value);
                  }))
          .singleElement()
          .asString()
          .contains(
              role + " of tried",
              Float.isNaN(value) ? "no finite numbers" : "found the same output");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, found the same output", "NaN, no finite numbers"})
  void whatADiffusionIsHeldToIsTried(float value, String expected) throws IOException {
    StringBuilder signature =
        new StringBuilder(
            "sample:float[1,4,8,8] timestep:float[1] encoder_hidden_states:float[1,77,32]"
                + " controlnet_cond:float[1,3,64,64] ->");
    for (int n = 0; n < 12; n++) {
      signature.append(" down_block_%d_additional_residual:float[1,320,8,8]".formatted(n));
    }
    signature.append(" mid_block_additional_residual:float[1,1280,1,1]");
    assertThat(
            problems(
                PackKind.CONTROLNET,
                f -> sketch(f.resolve("model.onnx"), signature.toString(), value)))
        .singleElement()
        .asString()
        .contains("tried", expected);
    assertThat(problems(PackKind.DEPTH, f -> sketch(f.resolve("model.onnx"), DEPTH, value)))
        .singleElement()
        .asString()
        .contains("tried", expected);
  }

  private static void sketch(Path file, String signature, float value) throws IOException {
    Sketch.write(file, signature, value);
  }

  private static Graph depth() {
    Graph graph = new Graph(1).input("pixel_values", DataType.FLOAT, 1, 3, 56, 56);
    return graph
        .alias("predicted_depth", graph.reduce("ReduceMean", "pixel_values", false, 1))
        .output("predicted_depth", DataType.FLOAT, 1, 56, 56);
  }

  private static void clipSeg(Path target) throws IOException {
    new ClipSegStandIn("sequence", false).write(target);
    String vocabulary = "bpe_simple_vocab_16e6.txt.gz";
    Path texts =
        Path.of(System.getProperty("anvil.home"), "core/src/test/resources/dev/anvil/text");
    Files.copy(texts.resolve(vocabulary), target.resolve(vocabulary));
  }
}
