package dev.anvil.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.InvalidInputException;
import dev.anvil.PhaseListener;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.packs.ModelPack;
import dev.anvil.packs.TinyPack;
import dev.anvil.standin.Graph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxNetworkTest {
  @TempDir Path folder;

  @Test
  void computesWhatTheGraphSays() throws IOException {
    try (OnnxNetwork network = TinyPack.encoder(folder).open().network("encoder", 1)) {
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
    try (OnnxNetwork network = TinyPack.encoder(folder).open().network("encoder", 1)) {
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

  /** A graph of so many products of matrices, each of some milliseconds. */
  private OnnxNetwork slow(int products) throws IOException {
    Graph graph = new Graph(1).input("x", DataType.FLOAT, 512, 512);
    String weights = graph.random(1 / Math.sqrt(512), 512, 512);
    String last = "x";
    for (int i = 0; i < products; i++) {
      last = graph.node("MatMul", last, weights);
    }
    graph.named("y", "Identity", List.of(last), Map.of());
    graph.output("y", DataType.FLOAT, 512, 512);
    Path file = folder.resolve("slow.onnx");
    graph.write(file);
    return OnnxNetwork.open(file, 1);
  }

  private static Map<String, Tensor> ones() {
    float[] values = new float[512 * 512];
    Arrays.fill(values, 1);
    return Map.of("x", Tensor.of(values, 512, 512));
  }

  @Test
  @Timeout(120)
  void aCancellationEndsACallInTheMiddle() throws Exception {
    try (OnnxNetwork network = slow(3000)) {
      Cancellation cancellation = new Cancellation();
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  network.run(ones(), RunContext.of(PhaseListener.NONE, cancellation));
                  end.complete(new AssertionError("the call was not ended"));
                } catch (CancelledException e) {
                  end.complete(e);
                }
              });
      caller.start();
      Thread.sleep(150);
      cancellation.cancel();

      assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
    }
  }

  /** A loop whose condition is always true. */
  private Path endless() throws IOException {
    Graph body =
        new Graph(1)
            .input("turn", DataType.INT64)
            .input("goes_on", DataType.BOOL)
            .input("v", DataType.FLOAT, 1);
    body.named("still", "Identity", List.of("goes_on"), Map.of())
        .named("w", "Identity", List.of("v"), Map.of())
        .output("still", DataType.BOOL)
        .output("w", DataType.FLOAT, 1);
    Graph graph = new Graph(1).input("x", DataType.FLOAT, 1);
    String yes = graph.cast(graph.constant(1), DataType.BOOL);
    graph
        .named("y", "Loop", List.of("", yes, "x"), Map.of("body", body))
        .output("y", DataType.FLOAT, 1);
    return graph.write(folder.resolve("endless.onnx"));
  }

  @Test
  @Timeout(120)
  void aLoopWithoutEndIsRefusedByName() throws IOException {
    CallLimits limits = new CallLimits(Duration.ofMillis(300), 10);
    try (OnnxNetwork network = OnnxNetwork.open(endless(), 1, limits)) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> network.run(Map.of("x", Tensor.of(new float[1], 1))))
          .withMessageContaining("endless.onnx")
          .withMessageContaining("one call did not end within");
    }
  }

  @Test
  void anOutputThatDoesNotFitIsRefusedByName() throws IOException {
    Graph graph = new Graph(1).input("x", DataType.FLOAT, 1);
    graph
        .named("y", "Expand", List.of("x", graph.ints(11)), Map.of())
        .output("y", DataType.FLOAT, 11);
    Path file = graph.write(folder.resolve("large.onnx"));
    CallLimits limits = new CallLimits(Duration.ofSeconds(20), 10);
    try (OnnxNetwork network = OnnxNetwork.open(file, 1, limits)) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> network.run(Map.of("x", Tensor.of(new float[1], 1))))
          .withMessageContaining("output y")
          .withMessageContaining("found 11 values; expected at most 10");
    }
  }

  @Test
  @Timeout(120)
  void closingWaitsForCallsAndRefusesLaterOnes() throws Exception {
    OnnxNetwork network = slow(60);
    float[] expected = network.run(ones()).get("y").toArray();
    CountDownLatch begun = new CountDownLatch(2);
    List<CompletableFuture<float[]>> calls =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          begun.countDown();
                          return network.run(ones()).get("y").toArray();
                        }))
            .toList();
    begun.await();
    Thread.sleep(50);
    network.close();
    network.close();

    for (CompletableFuture<float[]> call : calls) {
      assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo(expected);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> network.run(ones()))
        .withMessageContaining("is closed");
  }

  @Test
  void refusesTensorsThatItDoesNotTake() throws IOException {
    try (OnnxNetwork network = TinyPack.encoder(folder).open().network("encoder", 1)) {
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
  void refusesAnotherTypeThanTheManifests() throws IOException {
    TinyPack tiny = new TinyPack(folder);
    var file = tiny.add("text.onnx", "encoder", identity(DataType.INT64, "N", 77).bytes());
    TinyPack.tensor(file.withArray("inputs"), "in", "N", 77);
    TinyPack.tensor(file.withArray("outputs"), "out", "N", 77);

    assertThat(problemsOf(tiny.open()))
        .extracting(Problem::toString)
        .allMatch(p -> p.endsWith("found int64 [*, 77]; expected float32 [*, 77]"))
        .hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "FLOAT16", "DOUBLE", "INT64", "INT32", "UINT8", "BOOL"})
  void convertsEveryElementTypeAtTheDoor(DataType type) throws IOException {
    Path file = identity(type, "N", 3).write(folder.resolve("identity.onnx"));
    try (OnnxNetwork network = OnnxNetwork.open(file, 1)) {
      float[] values = {0, 1, type == DataType.BOOL ? 1 : 200};
      Map<String, Tensor> out = network.run(Map.of("in", Tensor.of(values, 1, 3)));
      assertThat(out.get("out").toArray()).containsExactly(values);
      assertThat(network.symbol("in", 0)).isEqualTo("N");
      assertThat(network.symbol("in", 1)).isEmpty();
    }
  }

  @Test
  void takesScalarsAndGivesThem() throws IOException {
    Path file = identity(DataType.FLOAT).write(folder.resolve("scalar.onnx"));
    try (OnnxNetwork network = OnnxNetwork.open(file, 1)) {
      Tensor out = network.run(Map.of("in", Tensor.of(new float[] {999}))).get("out");
      assertThat(out.shape()).isEmpty();
      assertThat(out.toArray()).containsExactly(999f);
    }
  }

  @Test
  void loadsWeightsBesideTheGraph() throws IOException {
    Graph graph = new Graph(1).input("in", DataType.FLOAT, 2);
    String weights = graph.external("graph.onnx_data", 4, 8, 2);
    Path file =
        graph
            .named("out", "Add", List.of("in", weights), Map.of())
            .output("out", DataType.FLOAT, 2)
            .write(folder.resolve("graph.onnx"));
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(7).putFloat(1).putFloat(2);
    Files.write(folder.resolve("graph.onnx_data"), data.array());

    try (OnnxNetwork network = OnnxNetwork.open(file, 1)) {
      Tensor in = Tensor.of(new float[] {10, 20}, 2);
      assertThat(network.run(Map.of("in", in)).get("out").toArray()).containsExactly(11f, 22f);
    }
  }

  @Test
  void refusesElementTypesThatCannotBeFed() throws IOException {
    Path file = identity(DataType.STRING, "N").write(folder.resolve("text.onnx"));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> OnnxNetwork.open(file, 1))
        .withMessageContaining("found string [*]; expected an element type of [float32, ");
  }

  private static Graph identity(DataType type, Object... shape) {
    return new Graph(1).input("in", type, shape).alias("out", "in").output("out", type, shape);
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
        .isThrownBy(() -> pack.network("detector", 1))
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
    return catchThrowableOfType(InvalidInputException.class, () -> pack.network("encoder", 1))
        .problems();
  }
}
