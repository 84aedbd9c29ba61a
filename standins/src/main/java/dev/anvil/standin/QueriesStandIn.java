package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Stand-ins of OneFormer, Mask2Former, MaskFormer and DETR (docs/model-contracts.md sections 4.1,
 * 4.3, 4.5): three of the queries are a car, the sky and a road as {@link SceneGraph} sees them,
 * the others nothing. A black picture shows nothing.
 *
 * @param height of the pictures; a number, or a name for any
 * @param width likewise
 * @param queries at least 3
 * @param classes without "nothing"
 * @param ids of car, sky and road
 */
public record QueriesStandIn(Object height, Object width, int queries, int classes, int... ids) {
  /** OneFormer for ADE20K: 150 classes. */
  public static QueriesStandIn ade20k(int height, int width, int queries) {
    return new QueriesStandIn(height, width, queries, 150, 20, 2, 6);
  }

  /** Mask2Former for COCO: 133 classes. */
  public static QueriesStandIn coco(int height, int width, int queries) {
    return new QueriesStandIn(height, width, queries, 133, 2, 119, 100);
  }

  /** DETR for COCO, by the data set's own ids; pictures of any size. */
  public static QueriesStandIn detr(int queries) {
    return new QueriesStandIn("height", "width", queries, 250, 3, 187, 149);
  }

  /** Writes {@code model.onnx}: with task tokens, whose sum shifts the class logits a little. */
  public void oneFormer(Path folder) throws IOException {
    Graph graph = SceneGraph.pictures(new Graph(1), height, width);
    graph.input("task_inputs", DataType.INT64, 1, 77);
    String sum = graph.reduce("ReduceSum", graph.cast("task_inputs", DataType.FLOAT), true, 0, 1);
    String shift = graph.node("Mul", sum, graph.constant(1e-8));
    write(graph, folder, shift, "class_queries_logits", "masks_queries_logits");
  }

  /** Writes {@code model.onnx} of Mask2Former or MaskFormer. */
  public void mask2Former(Path folder) throws IOException {
    Graph graph = SceneGraph.pictures(new Graph(2), height, width);
    write(graph, folder, graph.constant(0), "class_queries_logits", "masks_queries_logits");
  }

  /**
   * Writes {@code model.onnx} of DETR.
   *
   * @param maskHeight of the pixel mask; a number, or a name for any
   * @param maskWidth likewise
   */
  public void detr(Path folder, Object maskHeight, Object maskWidth) throws IOException {
    Graph graph = SceneGraph.pictures(new Graph(3), height, width);
    graph.input("pixel_mask", DataType.INT64, 1, maskHeight, maskWidth);
    String mean =
        graph.reduce("ReduceMean", graph.cast("pixel_mask", DataType.FLOAT), true, 0, 1, 2);
    // A mask of ones changes nothing; any other one makes all queries nothing.
    String hidden =
        graph.node("Mul", graph.node("Sub", graph.constant(1), mean), graph.constant(1000));
    String boxes = graph.random(.1, 1, queries, 4);
    graph.alias("pred_boxes", boxes).output("pred_boxes", DataType.FLOAT, 1, queries, 4);
    String colours = SceneGraph.colours(graph, "pixel_values");
    String darkness = graph.node("Add", SceneGraph.darkness(graph, colours), hidden);
    write(graph, folder, colours, darkness, graph.constant(0), "logits", "pred_masks");
  }

  private void write(Graph graph, Path folder, String shift, String logits, String masks)
      throws IOException {
    String colours = SceneGraph.colours(graph, "pixel_values");
    write(graph, folder, colours, SceneGraph.darkness(graph, colours), shift, logits, masks);
  }

  private void write(
      Graph graph,
      Path folder,
      String colours,
      String darkness,
      String shift,
      String logits,
      String masks)
      throws IOException {
    int[] first = {0, 1, 2};
    String planes = SceneGraph.planes(graph, colours, 4);
    graph.alias(masks, SceneGraph.spread(graph, planes, queries, first, -10));
    String classLogits = SceneGraph.classes(graph, darkness, queries, classes, ids);
    graph.named(logits, "Add", List.of(classLogits, shift), Map.of());
    graph.output(logits, DataType.FLOAT, 1, queries, classes + 1);
    graph.output(masks, DataType.FLOAT, 1, queries, quarter(height), quarter(width));
    graph.write(folder.resolve("model.onnx"));
    HuggingFaceFolder.preprocessor(folder, "{\"shortest_edge\": 128, \"longest_edge\": 333}");
  }

  private static Object quarter(Object side) {
    return side instanceof Integer pixels ? (Object) ((pixels + 3) / 4) : "quarter_" + side;
  }
}
