package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Stand-ins of Segment Anything in both contracts (docs/model-contracts.md section 4.6). A mask is
 * a disc around the point, of a radius of 60, 120 (the best) or 240 of the encoder's pixels,
 * whatever the picture shows; the classic decoder answers a box with the ellipse in it.
 */
public final class SamStandIn {
  /** Of the three masks, in the encoder's pixels; the second one has the best score. */
  private static final double[] RADII = {60, 120, 240};

  private static final float[] SCORES = {.7f, .9f, .8f};
  private static final int SIDE = 1024;
  private static final int COARSE = 256;

  private SamStandIn() {}

  /** Writes {@code vision_encoder.onnx} and {@code prompt_encoder_mask_decoder.onnx}. */
  public static void split(Path folder) throws IOException {
    Graph encoder = new Graph(7).input("pixel_values", DataType.FLOAT, 1, 3, SIDE, SIDE);
    String embeddings = encoder.conv(encoder.averagePool("pixel_values", 16), 3, 256, 1, 1, 0);
    encoder.alias("image_embeddings", embeddings);
    encoder.alias("image_positional_embeddings", encoder.random(1, 1, 256, 64, 64));
    encoder.output("image_embeddings", DataType.FLOAT, 1, 256, 64, 64);
    encoder.output("image_positional_embeddings", DataType.FLOAT, 1, 256, 64, 64);
    encoder.write(folder.resolve("vision_encoder.onnx"));

    Graph decoder = new Graph(8);
    decoder.input("image_embeddings", DataType.FLOAT, 1, 256, 64, 64);
    decoder.input("image_positional_embeddings", DataType.FLOAT, 1, 256, 64, 64);
    decoder.input("input_points", DataType.FLOAT, 1, "point_batch", "points", 2);
    decoder.input("input_labels", DataType.INT64, 1, "point_batch", "points");
    String first = decoder.node("Reshape", "input_points", decoder.ints(-1, 2));
    String point = decoder.node("Gather", first, decoder.ints(0));
    String discs = discs(decoder, point, 1);
    String labels = decoder.cast("input_labels", DataType.FLOAT);
    String sign = decoder.reduce("ReduceMax", labels, false, 0, 1, 2);
    String used = decoder.node("Mul", discs, sign);
    String seen = decoder.node("Add", used, trace(decoder));
    decoder.alias("pred_masks", decoder.node("Unsqueeze", seen, decoder.ints(1)));
    decoder.alias("iou_scores", decoder.constant(SCORES, 1, 1, 3));
    decoder.output("iou_scores", DataType.FLOAT, 1, 1, 3);
    decoder.output("pred_masks", DataType.FLOAT, 1, 1, 3, COARSE, COARSE);
    decoder.write(folder.resolve("prompt_encoder_mask_decoder.onnx"));
  }

  /** Writes {@code encoder.onnx}, which takes pixels [684, 1024, 3], and {@code decoder.onnx}. */
  public static void classic(Path folder) throws IOException {
    Graph encoder = new Graph(9).input("input_image", DataType.FLOAT, 684, SIDE, 3);
    String planes =
        encoder.node("Transpose", List.of("input_image"), Map.of("perm", new long[] {2, 0, 1}));
    String batch = encoder.node("Unsqueeze", planes, encoder.ints(0));
    String padded = encoder.node("Pad", batch, encoder.ints(0, 0, 0, 0, 0, 0, SIDE - 684, 0));
    String pixels = encoder.node("Relu", padded); // else the runtime joins Pad and AveragePool
    String embeddings = encoder.conv(encoder.averagePool(pixels, 16), 3, 256, 1, 1, 0);
    encoder.alias("image_embeddings", embeddings);
    encoder.output("image_embeddings", DataType.FLOAT, 1, 256, 64, 64);
    encoder.write(folder.resolve("encoder.onnx"));

    Graph decoder = new Graph(10);
    decoder.input("image_embeddings", DataType.FLOAT, 1, 256, 64, 64);
    decoder.input("point_coords", DataType.FLOAT, 1, "points", 2);
    decoder.input("point_labels", DataType.FLOAT, 1, "points");
    decoder.input("mask_input", DataType.FLOAT, 1, 1, COARSE, COARSE);
    decoder.input("has_mask_input", DataType.FLOAT, 1);
    decoder.input("orig_im_size", DataType.FLOAT, 2);
    String points = decoder.node("Reshape", "point_coords", decoder.ints(-1, 2));
    String first = decoder.node("Gather", points, decoder.ints(0));
    String second = decoder.node("Gather", points, decoder.ints(1));
    String label = decoder.reduce("ReduceMax", "point_labels", false, 0, 1);
    String isBox = decoder.node("Greater", label, decoder.constant(1.5));
    String half = decoder.constant(.5);
    String middle = decoder.node("Mul", decoder.node("Add", first, second), half);
    String radii = decoder.node("Mul", decoder.node("Sub", second, first), half);
    String ones = decoder.constant(new float[] {1, 1}, 1, 2);
    String ellipse = discs(decoder, middle, radii, new double[] {1, 1, 1});
    String discs = discs(decoder, first, ones, RADII);
    String coarse =
        decoder.node("Add", decoder.node("Where", isBox, ellipse, discs), trace(decoder));
    // Over the frame that orig_im_size names, of which the coarse planes cover 1024 x 1024.
    String large =
        decoder.node(
            "Resize",
            List.of(coarse, "", "", decoder.ints(1, 3, SIDE, SIDE)),
            Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel"));
    String size = decoder.cast("orig_im_size", DataType.INT64);
    String cut = decoder.node("Slice", large, decoder.ints(0, 0), size, decoder.ints(2, 3));
    decoder.alias("masks", cut).output("masks", DataType.FLOAT, 1, 3, "height", "width");
    decoder.alias("iou_predictions", decoder.constant(SCORES, 1, 3));
    decoder.output("iou_predictions", DataType.FLOAT, 1, 3);
    decoder.alias("low_res_masks", coarse);
    decoder.output("low_res_masks", DataType.FLOAT, 1, 3, COARSE, COARSE);
    decoder.write(folder.resolve("decoder.onnx"));
  }

  /** What a mask shows of the picture: too little to move its edge. */
  private static String trace(Graph graph) {
    String mean = graph.reduce("ReduceMean", "image_embeddings", false, 0, 1, 2, 3);
    return graph.node("Mul", mean, graph.constant(1e-4));
  }

  private static String discs(Graph graph, String point, double unit) {
    return discs(
        graph, point, graph.constant(new float[] {(float) unit, (float) unit}, 1, 2), RADII);
  }

  /**
   * Positive within ellipses, [1, n, 256, 256].
   *
   * @param point x and y, [1, 2]
   * @param units half-axes of the ellipse of radius 1, [1, 2]
   */
  private static String discs(Graph graph, String point, String units, double[] radii) {
    float[] places = new float[COARSE];
    for (int i = 0; i < COARSE; i++) {
      places[i] = (i + .5f) * SIDE / COARSE;
    }
    String x = squared(graph, graph.constant(places, 1, 1, 1, COARSE), point, units, 0);
    String y = squared(graph, graph.constant(places, 1, 1, COARSE, 1), point, units, 1);
    String distance = graph.node("Sqrt", graph.node("Add", x, y));
    float[] reach = new float[radii.length];
    for (int k = 0; k < reach.length; k++) {
      reach[k] = (float) radii[k];
    }
    return graph.node("Sub", graph.constant(reach, 1, radii.length, 1, 1), distance);
  }

  private static String squared(
      Graph graph, String places, String point, String units, long index) {
    String centre = pick(graph, point, index);
    String unit = pick(graph, units, index);
    String away = graph.node("Div", graph.node("Sub", places, centre), unit);
    return graph.node("Mul", away, away);
  }

  private static String pick(Graph graph, String pair, long index) {
    String one = graph.node("Gather", List.of(pair, graph.ints(index)), Map.of("axis", 1L));
    return graph.node("Reshape", one, graph.ints(1, 1, 1, 1));
  }
}
