package dev.anvil.lab.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import dev.anvil.lab.acceptance.Acceptance.Outcome;
import dev.anvil.lab.acceptance.AcceptanceTest.Expected;
import dev.anvil.lab.acceptance.AcceptanceTest.Sample;
import dev.anvil.packs.ModelFolder;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.PackAdder;
import dev.anvil.packs.PackKind;
import dev.anvil.standin.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks that give the mean of each plane, shown a grey picture of 100, whose answer is known.
 */
class AcceptanceRunnerTest {
  /** (100 / 255 - mean) / std of CLIP, computed with Python. */
  private static final String GREY = "[-0.332420, -0.251320, -0.058213]";

  @TempDir Path folder;

  private ModelPack pack;

  @BeforeEach
  void addPackAndPicture() throws IOException {
    pack = pack(224);
    byte[] rgb = new byte[300 * 260 * 3];
    Arrays.fill(rgb, (byte) 100);
    Files.write(
        folder.resolve("grey.png"), PictureWriter.png(new Picture(300, 260, rgb), Map.of()));
  }

  private ModelPack pack(int side) throws IOException {
    Path source = folder.resolve("means" + side);
    Graph graph = new Graph(1).input("pixel_values", DataType.FLOAT, "B", 3, side, side);
    graph
        .alias("image_embeds", graph.reduce("ReduceMean", "pixel_values", false, 2, 3))
        .output("image_embeds", DataType.FLOAT, "B", 3)
        .write(source.resolve("vision_model.onnx"));
    return new PackAdder(new ModelFolder(folder.resolve("models")))
        .add(source, PackAdder.Request.DEFAULT, RunContext.NONE)
        .pack();
  }

  private static AcceptanceTest test(String values, String output) throws IOException {
    JsonNode nested = new ObjectMapper().readTree(values);
    return new AcceptanceTest(
        "grey",
        "clip",
        "means",
        Optional.of(new Sample("gr[ae]y\\.png", Optional.empty(), "this test")),
        Optional.of(List.of(224)),
        Optional.empty(),
        Optional.empty(),
        List.of(new Expected(output, List.of(0), nested, false)),
        1e-4,
        "Python");
  }

  private Acceptance run(AcceptanceTest test) throws IOException {
    return new AcceptanceRunner(Optional.of(folder)).run(pack, test);
  }

  @Test
  void equalValuesAgreeAndOthersDiffer() throws IOException {
    assertThat(run(test(GREY, "image_embeds")).outcome()).isEqualTo(Outcome.AGREES);
    assertThat(run(test(GREY, "embedding")).outcome()).isEqualTo(Outcome.AGREES);
    Acceptance differs = run(test("[-0.332420, -0.25]", "image_embeds"));
    assertThat(differs.failed()).isTrue();
    assertThat(differs.words()).startsWith("the largest difference is 0.0013; expected");
  }

  @Test
  void anotherShapeOrNameDiffers() throws IOException {
    assertThat(run(test("[[1]]", "image_embeds")).failed()).isTrue();
    assertThat(run(test("[1, 2, 3, 4]", "image_embeds")).failed()).isTrue();
    assertThat(run(test(GREY, "text_embeds")).words())
        .isEqualTo("found the outputs [embedding, image_embeds]; expected text_embeds");
  }

  @Test
  void aNetworkOfAnotherSizeIsNotCompared() throws IOException {
    pack = pack(336);

    Acceptance result = run(test(GREY, "image_embeds"));

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_RUN);
    assertThat(result.words()).startsWith("the network takes 336 x 336");
  }

  @Test
  void aPictureIsKnownByItsHashWhereThereIsOne() throws IOException {
    AcceptanceTest test = test(GREY, "image_embeds");
    String hash = dev.anvil.Sha256.of(folder.resolve("grey.png"));
    assertThat(
            run(withSample(
                    test, new Sample("other\\.png", Optional.of(hash.substring(0, 16)), "here")))
                .outcome())
        .isEqualTo(Outcome.AGREES);
    assertThat(
            run(withSample(test, new Sample("grey\\.png", Optional.of("0000"), "here"))).outcome())
        .isEqualTo(Outcome.NOT_RUN);
  }

  private static AcceptanceTest withSample(AcceptanceTest test, Sample sample) {
    return new AcceptanceTest(
        test.name(),
        test.kind(),
        test.pack(),
        Optional.of(sample),
        test.picture(),
        test.texts(),
        test.feeds(),
        test.expected(),
        test.tolerance(),
        test.source());
  }

  @Test
  void thePublishedValuesAreWellFormed() throws IOException {
    List<AcceptanceTest> all = AcceptanceTest.all();

    assertThat(all).hasSize(7).allMatch(t -> PackKind.of(t.kind()).isPresent());
    assertThat(all)
        .flatExtracting(AcceptanceTest::expected)
        .allMatch(e -> e.values().isArray() && !e.values().isEmpty());
    assertThat(all)
        .filteredOn(t -> t.kind().equals("oneformer"))
        .allMatch(t -> t.feeds().orElseThrow().get("task_inputs").size() == 77);
  }
}
