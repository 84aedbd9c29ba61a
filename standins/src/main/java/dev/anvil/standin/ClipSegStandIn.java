package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A stand-in of CLIPSeg (docs/model-contracts.md section 4.7): whatever is asked for, it sees what
 * is coloured; how surely depends a little on the words. The caller puts a tokenizer beside it.
 *
 * @param tokens number of token ids; a number, or a name for any
 * @param isSqueezed whether the answer is [height, width], as some exports have it
 */
public record ClipSegStandIn(Object tokens, boolean isSqueezed) {
  private static final int SIDE = 352;

  /** Writes {@code model.onnx} and {@code preprocessor_config.json}. */
  public void write(Path folder) throws IOException {
    Graph graph = new Graph(6);
    graph.input("input_ids", DataType.INT64, 1, tokens);
    graph.input("pixel_values", DataType.FLOAT, 1, 3, SIDE, SIDE);
    graph.input("attention_mask", DataType.INT64, 1, tokens);
    String colours = SceneGraph.colours(graph, "pixel_values");
    String spread =
        graph.node(
            "Sub",
            graph.reduce("ReduceMax", colours, false, 1),
            graph.reduce("ReduceMin", colours, false, 1));
    String logit =
        graph.node("Mul", graph.node("Sub", spread, graph.constant(.3)), graph.constant(20));
    String ids = graph.cast("input_ids", DataType.FLOAT);
    String real = graph.node("Mul", ids, graph.cast("attention_mask", DataType.FLOAT));
    String words =
        graph.node("Mul", graph.reduce("ReduceSum", real, false, 0, 1), graph.constant(1e-7));
    String answer = graph.node("Sub", logit, words);
    if (isSqueezed) {
      graph.alias("logits", graph.node("Squeeze", answer, graph.ints(0)));
      graph.output("logits", DataType.FLOAT, SIDE, SIDE);
    } else {
      graph.alias("logits", answer).output("logits", DataType.FLOAT, 1, SIDE, SIDE);
    }
    graph.write(folder.resolve("model.onnx"));
    HuggingFaceFolder.preprocessor(folder, "{\"height\": 352, \"width\": 352}");
  }
}
