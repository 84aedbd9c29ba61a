package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A stand-in of SegFormer (docs/model-contracts.md section 4.4): 150 classes of ADE20K, of which it
 * sees car, sky and road as {@link SceneGraph} does.
 *
 * @param size of the pictures; a number, or a name for any
 */
public record SegFormerStandIn(Object size, int classes) {
  public static final SegFormerStandIn USUAL = new SegFormerStandIn(512, 150);

  /** Writes {@code model.onnx} and {@code preprocessor_config.json}. */
  public void write(Path folder) throws IOException {
    Graph graph = SceneGraph.pictures(new Graph(4), size, size);
    String colours = SceneGraph.colours(graph, "pixel_values");
    String planes = SceneGraph.planes(graph, colours, 4);
    graph.alias("logits", SceneGraph.spread(graph, planes, classes, new int[] {20, 2, 6}, -90));
    Object quarter = size instanceof Integer pixels ? (Object) (pixels / 4) : "quarter";
    graph.output("logits", DataType.FLOAT, 1, classes, quarter, quarter);
    graph.write(folder.resolve("model.onnx"));
    HuggingFaceFolder.preprocessor(folder, "{\"height\": 512, \"width\": 512}");
  }
}
