package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Map;

/**
 * MI-GAN's signatures; the hole becomes grey or, of the network alone, blue
 * (docs/model-contracts.md sections 7.2, 10).
 */
public final class MiGanStandIn {
  private MiGanStandIn() {}

  /** The published pipeline: bytes of any size, 255 = known. */
  public static Graph pipeline() {
    Graph graph =
        new Graph(1)
            .input("image", DataType.UINT8, 1, 3, "height", "width")
            .input("mask", DataType.UINT8, 1, 1, "height", "width");
    String image = graph.cast("image", DataType.FLOAT);
    String known = graph.node("Div", graph.cast("mask", DataType.FLOAT), graph.constant(255));
    String hole = graph.node("Sub", graph.constant(1), known);
    String filled =
        graph.node(
            "Add", graph.node("Mul", image, known), graph.node("Mul", hole, graph.constant(128)));
    return graph
        .named("result", "Cast", List.of(filled), Map.of("to", (long) DataType.UINT8.getNumber()))
        .output("result", DataType.UINT8, 1, 3, "height", "width");
  }

  /**
   * The network alone: one input of mask - .5 above the known picture, -1 to 1. What it is given of
   * the picture inside the hole, which must be nothing, shows in its output.
   */
  public static Graph raw(long side) {
    Graph graph = new Graph(1).input("input", DataType.FLOAT, 1, 4, side, side);
    String mask =
        graph.node(
            "Add",
            graph.node("Slice", "input", graph.ints(0), graph.ints(1), graph.ints(1)),
            graph.constant(.5));
    String picture = graph.node("Slice", "input", graph.ints(1), graph.ints(4), graph.ints(1));
    String blue = graph.constant(new float[] {0, 0, .5f}, 1, 3, 1, 1);
    String hole = graph.node("Mul", graph.node("Sub", graph.constant(1), mask), blue);
    return graph
        .named("output", "Add", List.of(picture, hole), Map.of())
        .output("output", DataType.FLOAT, 1, 3, side, side);
  }
}
