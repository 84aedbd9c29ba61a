package dev.anvil.packs;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.Sha256;
import dev.anvil.standin.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes model packs of tiny networks for tests; a test may spoil the manifest before writing. */
public final class TinyPack {
  private final JsonMapper mapper = new JsonMapper();
  private final Path folder;
  private final ObjectNode manifest = mapper.createObjectNode();

  public TinyPack(Path folder) {
    this.folder = folder;
    manifest
        .put("anvil", "pack/1")
        .put("name", "tiny")
        .put("version", "1")
        .put("licence", "Apache-2.0")
        .put("origin", "a test");
    manifest.putArray("files");
  }

  /** A sound pack with {@link #encoderGraph()}. */
  public static TinyPack encoder(Path folder) throws IOException {
    TinyPack pack = new TinyPack(folder);
    ObjectNode file = pack.add("encoder.onnx", "encoder", encoderGraph());
    tensor(file.withArray("inputs"), "image", "N", 3, 4, 4);
    tensor(file.withArray("inputs"), "mask", "N", 1, 4, 4);
    tensor(file.withArray("outputs"), "whole", "N", 3);
    tensor(file.withArray("outputs"), "element", "N", 3);
    pack.manifest
        .putObject("preprocess")
        .put("resample", "bilinear")
        .put("range", "0..255 RGB")
        .putArray("size")
        .add(4)
        .add(4);
    pack.manifest
        .putArray("layers")
        .addObject()
        .put("name", "rgb")
        .put("offset", 0)
        .put("channels", 3);
    return pack;
  }

  /** An encoder of 4 x 4 pictures: channel means of the whole and inside the mask. */
  public static byte[] encoderGraph() {
    Graph graph =
        new Graph(1)
            .input("image", DataType.FLOAT, "N", 3, 4, 4)
            .input("mask", DataType.FLOAT, "N", 1, 4, 4);
    String sum = graph.reduce("ReduceSum", graph.node("Mul", "image", "mask"), false, 2, 3);
    String mass = graph.reduce("ReduceSum", "mask", false, 2, 3);
    return graph
        .alias("whole", graph.reduce("ReduceMean", "image", false, 2, 3))
        .named(
            "element", "Div", List.of(sum, graph.node("Max", mass, graph.constant(1e-6))), Map.of())
        .output("whole", DataType.FLOAT, "N", 3)
        .output("element", DataType.FLOAT, "N", 3)
        .bytes();
  }

  /** Writes a network's file and describes it in the manifest. */
  public ObjectNode add(String file, String role, byte[] graph) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(file), graph);
    ObjectNode node =
        manifest
            .withArray("files")
            .addObject()
            .put("file", file)
            .put("role", role)
            .put("bytes", graph.length)
            .put("sha256", Sha256.of(graph));
    node.putArray("inputs");
    node.putArray("outputs");
    return node;
  }

  /** Describes a float32 tensor; a text is a free dimension. */
  public static void tensor(ArrayNode list, String name, Object... shape) {
    typed(list, name, "float32", shape);
  }

  /** Describes a tensor of any type. */
  public static void typed(ArrayNode list, String name, String type, Object... shape) {
    ArrayNode dimensions = list.addObject().put("name", name).put("type", type).putArray("shape");
    for (Object d : shape) {
      dimensions.addPOJO(d);
    }
  }

  public ObjectNode manifest() {
    return manifest;
  }

  /** The description of the n-th file. */
  public ObjectNode file(int n) {
    return (ObjectNode) manifest.withArray("files").get(n);
  }

  public Path write() throws IOException {
    mapper.writeValue(folder.resolve(ModelPack.MANIFEST).toFile(), manifest);
    return folder;
  }

  public ModelPack open() throws IOException {
    return ModelPack.open(write());
  }
}
