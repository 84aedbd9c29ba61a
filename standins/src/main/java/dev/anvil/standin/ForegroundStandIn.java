package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A stand-in of rembg's networks (docs/model-contracts.md section 4.8): the foreground is what is
 * coloured. Its input has a meaningless name, as theirs have.
 *
 * @param side of the pictures
 * @param mean that the input was normalised with
 * @param std likewise
 * @param isLogit whether the answer still needs the logistic function, as BiRefNet's does
 */
public record ForegroundStandIn(int side, float[] mean, float[] std, boolean isLogit) {
  public static ForegroundStandIn u2net() {
    return new ForegroundStandIn(320, SceneGraph.MEAN, SceneGraph.STD, false);
  }

  public static ForegroundStandIn isnet(int side) {
    return new ForegroundStandIn(side, new float[] {.5f, .5f, .5f}, new float[] {1, 1, 1}, false);
  }

  public static ForegroundStandIn biRefNet(int side) {
    return new ForegroundStandIn(side, SceneGraph.MEAN, SceneGraph.STD, true);
  }

  /** Writes {@code model.onnx}; how it is run follows from the folder's name. */
  public void write(Path folder) throws IOException {
    Graph graph = new Graph(5).input("input.1", DataType.FLOAT, 1, 3, side, side);
    String scaled = graph.node("Mul", "input.1", graph.constant(std, 1, 3, 1, 1));
    String colours = graph.node("Add", scaled, graph.constant(mean, 1, 3, 1, 1));
    String spread =
        graph.node(
            "Sub",
            graph.reduce("ReduceMax", colours, true, 1),
            graph.reduce("ReduceMin", colours, true, 1));
    String logit =
        graph.node("Mul", graph.node("Sub", spread, graph.constant(.3)), graph.constant(20));
    String answer = isLogit ? logit : graph.node("Sigmoid", logit);
    graph.alias("1959", answer).output("1959", DataType.FLOAT, 1, 1, side, side);
    graph.alias("1960", answer).output("1960", DataType.FLOAT, 1, 1, side, side);
    graph.write(folder.resolve("model.onnx"));
  }
}
