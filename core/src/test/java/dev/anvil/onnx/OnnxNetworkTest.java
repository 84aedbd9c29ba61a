package dev.anvil.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxNetworkTest {
  @TempDir Path folder;

  @Test
  void computesWhatTheGraphSays() throws IOException {
    try (OnnxNetwork network = OnnxNetwork.open(TinyPack.encoder(folder).open(), "encoder", 1)) {
      float[] image = new float[48];
      float[] mask = new float[16];
      for (int i = 0; i < 48; i++) {
        image[i] = i;
      }
      mask[0] = 1;
      mask[1] = 1;

      Map<String, Tensor> out = network.run(feed(image, mask, 1));

      assertThat(out.get("whole").shape()).containsExactly(1L, 3L);
      assertThat(out.get("whole").toArray()).containsExactly(7.5f, 23.5f, 39.5f);
      assertThat(out.get("element").toArray()).containsExactly(.5f, 16.5f, 32.5f);
    }
  }

  @Test
  void answersSeveralCallersAtOnce() throws IOException {
    try (OnnxNetwork network = OnnxNetwork.open(TinyPack.encoder(folder).open(), "encoder", 1)) {
      List<Float> firsts =
          IntStream.range(0, 64)
              .parallel()
              .mapToObj(
                  i -> {
                    float[] image = new float[48];
                    Arrays.fill(image, i);
                    return network.run(feed(image, new float[16], 1)).get("whole").toArray()[0];
                  })
              .toList();
      assertThat(firsts)
          .containsExactlyElementsOf(IntStream.range(0, 64).mapToObj(i -> (float) i).toList());
    }
  }

  @Test
  void refusesTensorsThatItDoesNotTake() throws IOException {
    try (OnnxNetwork network = OnnxNetwork.open(TinyPack.encoder(folder).open(), "encoder", 1)) {
      Tensor mask = Tensor.allocate(2, 1, 4, 4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.run(Map.of("mask", mask)))
          .withMessageContaining("found tensors [mask]; expected [image, mask]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.run(Map.of("mask", mask, "image", Tensor.allocate(2, 48))))
          .withMessageContaining("found shape [2, 48]; expected [*, 3, 4, 4]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.run(Map.of("mask", mask, "image", Tensor.allocate(2, 3, 4, 5))))
          .withMessageContaining("found shape [2, 3, 4, 5]; expected [*, 3, 4, 4]");
    }
  }

  @Test
  void refusesAGraphThatIsNotTheManifests() throws IOException {
    TinyPack tiny = TinyPack.encoder(folder);
    ArrayNode inputs = tiny.file(0).putArray("inputs");
    TinyPack.tensor(inputs, "image", "N", 3, 8, 8);
    TinyPack.tensor(inputs, "prompt", "N", 77);
    TinyPack.tensor(tiny.file(0).putArray("outputs"), "whole", "N", 3, 1);

    assertThat(problemsOf(tiny.open()))
        .extracting(Problem::message)
        .containsExactly(
            "found float32 [*, 3, 4, 4]; expected float32 [*, 3, 8, 8]",
            "found only [image, mask]; expected this one",
            "found float32 [*, 1, 4, 4]; expected only [image, prompt], as in the manifest",
            "found float32 [*, 3]; expected float32 [*, 3, 1]");
  }

  @Test
  void refusesTypesItCannotFeed() throws IOException {
    TinyPack tiny = new TinyPack(folder);
    byte[] graph =
        new TinyGraph()
            .input("ids", DataType.INT64, -1, 77)
            .node("Identity", "same", "ids")
            .output("same", DataType.INT64, -1, 77)
            .bytes();
    var file = tiny.add("text.onnx", "encoder", graph);
    TinyPack.tensor(file.withArray("inputs"), "ids", "N", 77);
    TinyPack.tensor(file.withArray("outputs"), "same", "N", 77);

    assertThat(problemsOf(tiny.open()))
        .extracting(Problem::toString)
        .allMatch(p -> p.endsWith("found int64 [*, 77]; expected float32 [*, 77]"))
        .hasSize(2);
  }

  @Test
  void refusesAFileThatIsNoNetwork() throws IOException {
    TinyPack tiny = new TinyPack(folder);
    tiny.add("encoder.onnx", "encoder", new byte[] {110, 111});
    assertThat(problemsOf(tiny.open()))
        .singleElement()
        .satisfies(p -> assertThat(p.where()).endsWith("encoder.onnx"))
        .satisfies(p -> assertThat(p.message()).contains("expected a network"));
  }

  @Test
  void refusesARoleThatThePackDoesNotHave() throws IOException {
    ModelPack pack = TinyPack.encoder(folder).open();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> OnnxNetwork.open(pack, "detector", 1))
        .withMessageContaining("no network with the role \"detector\"");
  }

  @Test
  void tensorsRefuseShapesOfAnotherSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .withMessage("found 5 values; expected 6 for shape [2, 3]");
    assertThat(Tensor.of(new float[] {4}).shape()).isEmpty();
  }

  private static Map<String, Tensor> feed(float[] image, float[] mask, long n) {
    return Map.of("image", Tensor.of(image, n, 3, 4, 4), "mask", Tensor.of(mask, n, 1, 4, 4));
  }

  private static List<Problem> problemsOf(ModelPack pack) {
    return catchThrowableOfType(
            InvalidInputException.class, () -> OnnxNetwork.open(pack, "encoder", 1))
        .problems();
  }
}
