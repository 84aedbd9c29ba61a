package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What segmentation stand-ins see in a picture: coloured pixels are a car, grey ones in the upper
 * half the sky, grey ones in the lower half a road. So their masks depend on the picture and can be
 * told in advance.
 */
final class SceneGraph {
  static final float[] MEAN = {.485f, .456f, .406f};
  static final float[] STD = {.229f, .224f, .225f};

  /** Largest channel less smallest one, from which on a pixel is coloured; of 0 to 1. */
  private static final double COLOURED = .3;

  private static final double STEEPNESS = 40;

  /** A picture whose mean is darker than this shows nothing. */
  private static final double DARK = .02;

  private SceneGraph() {}

  /** Values of 0 to 1, [1, 3, h, w], of an input that was normalised with ImageNet's constants. */
  static String colours(Graph graph, String input) {
    String scaled = graph.node("Mul", input, graph.constant(STD, 1, 3, 1, 1));
    return graph.node("Add", scaled, graph.constant(MEAN, 1, 3, 1, 1));
  }

  /**
   * Logits of car, sky and road, [1, 3, ceil(h / stride), ceil(w / stride)].
   *
   * @param colours [1, 3, h, w] of 0 to 1
   */
  static String planes(Graph graph, String colours, long stride) {
    String spread =
        graph.node(
            "Sub",
            graph.reduce("ReduceMax", colours, true, 1),
            graph.reduce("ReduceMin", colours, true, 1));
    String coarse =
        graph.node(
            "AveragePool",
            List.of(spread),
            Map.of(
                "kernel_shape", new long[] {stride, stride},
                "strides", new long[] {stride, stride},
                "ceil_mode", 1L));
    String car = steep(graph, graph.node("Sub", coarse, graph.constant(COLOURED)));
    String grey = graph.node("Neg", car);
    String above = steep(graph, graph.node("Sub", graph.constant(.5), rows(graph, coarse)));
    String sky = graph.node("Min", grey, above);
    String road = graph.node("Min", grey, graph.node("Neg", above));
    return graph.node("Concat", List.of(car, sky, road), Map.of("axis", 1L));
  }

  /** Where each row's middle is, 0 at the top, 1 at the bottom. */
  private static String rows(Graph graph, String plane) {
    String ones = graph.node("Add", graph.node("Mul", plane, graph.constant(0)), graph.constant(1));
    String count = graph.node("CumSum", ones, graph.ints(2));
    String middle = graph.node("Sub", count, graph.constant(.5));
    return graph.node("Div", middle, graph.reduce("ReduceMax", count, true, 2, 3));
  }

  private static String steep(Graph graph, String plane) {
    return graph.node("Mul", plane, graph.constant(STEEPNESS));
  }

  /** 0 for a picture that shows something, up to 40 for a black one; [1, 1, 1]. */
  static String darkness(Graph graph, String colours) {
    String mean = graph.reduce("ReduceMean", colours, true, 1, 2, 3);
    String dark = graph.node("Relu", graph.node("Sub", graph.constant(DARK), mean));
    String steep = graph.node("Mul", dark, graph.constant(2000));
    return graph.node("Reshape", steep, graph.ints(1, 1, 1));
  }

  /**
   * More planes from the three: plane {@code ids[k]} is the k-th, any other is {@code empty} and
   * some noise.
   */
  static String spread(Graph graph, String planes, int count, int[] ids, double empty) {
    String noise = graph.random(1e-3, count, 3, 1, 1);
    float[] picks = new float[count * 3];
    float[] bias = new float[count];
    Arrays.fill(bias, (float) empty);
    for (int k = 0; k < ids.length; k++) {
      picks[ids[k] * 3 + k] = 1;
      bias[ids[k]] = 0;
    }
    String weights = graph.node("Add", graph.constant(picks, count, 3, 1, 1), noise);
    return graph.node(
        "Conv",
        List.of(planes, weights, graph.constant(bias, count)),
        Map.of("kernel_shape", new long[] {1, 1}));
  }

  /**
   * Class logits [1, queries, classes + 1]: query k is of class {@code ids[k]} unless the picture
   * is dark, any other is nothing.
   */
  static String classes(Graph graph, String darkness, int queries, int classes, int[] ids) {
    float[] logits = new float[queries * (classes + 1)];
    for (int q = 0; q < queries; q++) {
      int best = q < ids.length ? ids[q] : classes;
      logits[q * (classes + 1) + best] = q < ids.length ? 10 - q : 10;
    }
    float[] nothing = new float[classes + 1];
    nothing[classes] = 1;
    String dark = graph.node("Mul", darkness, graph.constant(nothing, 1, 1, classes + 1));
    return graph.node("Add", graph.constant(logits, 1, queries, classes + 1), dark);
  }

  static Graph pictures(Graph graph, Object height, Object width) {
    return graph.input("pixel_values", DataType.FLOAT, 1, 3, height, width);
  }
}
