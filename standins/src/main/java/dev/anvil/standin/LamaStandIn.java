package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Map;

/** LaMa's signature; the hole becomes mid-grey (docs/model-contracts.md sections 7.1, 10). */
public final class LamaStandIn {
  private LamaStandIn() {}

  /** The published export: 512 x 512, float32. */
  public static Graph fixed() {
    return graph(DataType.FLOAT, 512, 512);
  }

  /**
   * An export of other sizes or another element type.
   *
   * @param height a number, or the name of a free dimension
   * @param width as {@code height}
   */
  public static Graph graph(DataType type, Object height, Object width) {
    Graph graph =
        new Graph(1)
            .input("image", type, "batch", 3, height, width)
            .input("mask", type, "batch", 1, height, width);
    String image = graph.cast("image", DataType.FLOAT);
    String mask = graph.cast("mask", DataType.FLOAT);
    String known = graph.node("Mul", image, graph.node("Sub", graph.constant(1), mask));
    String hole = graph.node("Mul", mask, graph.constant(.5));
    String filled = graph.node("Mul", graph.node("Add", known, hole), graph.constant(255));
    return graph
        .named("output", "Cast", List.of(filled), Map.of("to", (long) type.getNumber()))
        .output("output", type, "batch", 3, height, width);
  }
}
