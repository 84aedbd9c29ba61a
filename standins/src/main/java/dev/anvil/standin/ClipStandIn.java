package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A stand-in of CLIP (docs/model-contracts.md sections 2.4 and 10) in the layouts that exporters
 * write. Like the real one it sees patches, takes pictures of one size only, and gives embeddings
 * that are not normalised, unless it is the combined network.
 *
 * @param side of the pictures, a multiple of {@code patch}
 * @param patch side of a patch
 * @param hidden width of the tokens inside
 * @param projection width of the embeddings
 * @param type of what networks take and give, {@code FLOAT} or {@code FLOAT16}
 * @param batch of the vision network: a number, or a name for any
 */
public record ClipStandIn(
    int side, int patch, int hidden, int projection, DataType type, Object batch) {
  private static final int CONTEXT = 77;
  private static final int TEXT_WIDTH = 8;

  /** 32 pixels, 16 patches, embeddings of 12 columns. */
  public static final ClipStandIn TINY = new ClipStandIn(32, 8, 20, 12, DataType.FLOAT, "batch");

  /** The sizes of ViT-B/32. */
  public static final ClipStandIn VIT_B_32 =
      new ClipStandIn(224, 32, 768, 512, DataType.FLOAT, "batch_size");

  /**
   * transformers.js: {@code onnx/vision_model.onnx} and {@code onnx/text_model.onnx}, not
   * normalised.
   *
   * @param withTokens whether {@code last_hidden_state} is given too
   */
  public Path split(Path folder, boolean withTokens) throws IOException {
    Graph vision = vision("pixel_values");
    String tokens = tokens(vision, "pixel_values", true);
    output(vision, "image_embeds", projected(vision, classToken(vision, tokens)), batch);
    if (withTokens) {
      output(vision, "last_hidden_state", tokens, batch, "tokens", hidden);
    }
    vision.write(folder.resolve("onnx/vision_model.onnx"));
    Graph text = new Graph(2).input("input_ids", DataType.INT64, "batch", "sequence");
    output(text, "text_embeds", textEmbedding(text, "input_ids"), "batch");
    text.write(folder.resolve("onnx/text_model.onnx"));
    return beside(folder, "clip");
  }

  /** optimum: {@code model.onnx} of both, with normalised embeddings and their similarities. */
  public Path combined(Path folder) throws IOException {
    Graph graph =
        new Graph(1)
            .input("input_ids", DataType.INT64, "text_batch_size", "sequence_length")
            .input("pixel_values", type, "image_batch_size", "num_channels", "height", "width")
            .input("attention_mask", DataType.INT64, "text_batch_size", "sequence_length");
    String image =
        normalised(graph, projected(graph, classToken(graph, tokens(graph, "pixel_values", true))));
    String masked =
        graph.node("Mul", "input_ids", "attention_mask"); // ids after the end are not looked at
    String text = normalised(graph, textEmbedding(graph, masked));
    String logits =
        graph.node(
            "Mul", graph.node("MatMul", image, transposed(graph, text)), graph.constant(100));
    output(graph, "logits_per_image", logits, "image_batch_size", "text_batch_size");
    output(
        graph, "logits_per_text", transposed(graph, logits), "text_batch_size", "image_batch_size");
    output(graph, "text_embeds", text, "text_batch_size", projection);
    output(graph, "image_embeds", image, "image_batch_size", projection);
    graph.write(folder.resolve("model.onnx"));
    return beside(folder, "clip");
  }

  /** One input and one output of any name: {@code vision_model.onnx}, {@code text_model.onnx}. */
  public Path single(Path folder, String input, String output) throws IOException {
    Graph vision = vision(input);
    String image = projected(vision, classToken(vision, tokens(vision, input, true)));
    output(vision, output, image, batch);
    vision.write(folder.resolve("vision_model.onnx"));
    Graph text = new Graph(2).input(input, DataType.INT32, "batch", CONTEXT);
    output(text, output, textEmbedding(text, text.cast(input, DataType.INT64)), "batch");
    text.write(folder.resolve("text_model.onnx"));
    return beside(folder, "clip");
  }

  /** optimum's {@code clip_vision_model}: features that are not in the space of the texts. */
  public Path unprojected(Path folder) throws IOException {
    Graph vision = vision("pixel_values");
    String tokens = tokens(vision, "pixel_values", true);
    output(vision, "last_hidden_state", tokens, batch, "tokens", hidden);
    output(vision, "pooler_output", classToken(vision, tokens), batch, hidden);
    vision.write(folder.resolve("vision_model.onnx"));
    return beside(folder, "clip_vision_model");
  }

  /** SigLIP's vision network: no class token, no projection; the pooled output is the embedding. */
  public Path siglip(Path folder) throws IOException {
    Graph vision = vision("pixel_values");
    String tokens = tokens(vision, "pixel_values", false);
    output(vision, "last_hidden_state", tokens, batch, "tokens", hidden);
    output(vision, "pooler_output", vision.reduce("ReduceMean", tokens, false, 1), batch, hidden);
    vision.write(folder.resolve("onnx/vision_model.onnx"));
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Unigram\"}}\n");
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "size": {"height": %1$d, "width": %1$d}, "resample": 3,
         "do_rescale": true, "do_normalize": true,
         "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
        """
            .formatted(side));
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"siglip\"}\n");
    return folder;
  }

  private Graph vision(String input) {
    return new Graph(1).input(input, type, batch, 3, "height", "width");
  }

  /** [batch, 1 + patches, hidden], the class token first; or the patches alone. */
  private String tokens(Graph graph, String input, boolean withClass) {
    long patches = (long) (side / patch) * (side / patch);
    String map = graph.conv(graph.cast(input, DataType.FLOAT), 3, hidden, patch, patch, 0);
    String flat = graph.node("Reshape", map, graph.ints(0, hidden, -1));
    String tokens = graph.node("Transpose", List.of(flat), Map.of("perm", new long[] {0, 2, 1}));
    if (withClass) {
      String first = graph.reduce("ReduceMean", tokens, true, 1);
      tokens = graph.node("Concat", List.of(first, tokens), Map.of("axis", 1L));
    }
    String places = graph.random(.1, 1, patches + (withClass ? 1 : 0), hidden);
    return graph.node("Tanh", graph.node("Add", tokens, places));
  }

  private static String classToken(Graph graph, String tokens) {
    return graph.node(
        "Squeeze",
        graph.node("Slice", tokens, graph.ints(0), graph.ints(1), graph.ints(1)),
        graph.ints(1));
  }

  private String projected(Graph graph, String pooled) {
    return graph.node("MatMul", pooled, graph.random(1, hidden, projection));
  }

  /** The sum of the tokens up to the first end, which is the largest id. */
  private String textEmbedding(Graph graph, String ids) {
    String words = graph.node("Gather", graph.random(1, ByteTokenizer.SIZE, TEXT_WIDTH), ids);
    String sums =
        graph.node("CumSum", List.of(words, graph.node("Squeeze", graph.ints(1))), Map.of());
    String end = graph.node("ArgMax", List.of(ids), Map.of("axis", 1L, "keepdims", 0L));
    String length = graph.node("Gather", graph.node("Shape", ids), graph.ints(1));
    String isEnd =
        graph.node(
            "Unsqueeze",
            graph.node("OneHot", end, length, graph.constant(new float[] {0, 1}, 2)),
            graph.ints(2));
    String pooled = graph.reduce("ReduceSum", graph.node("Mul", sums, isEnd), false, 1);
    return graph.node("MatMul", pooled, graph.random(1, TEXT_WIDTH, projection));
  }

  private static String normalised(Graph graph, String rows) {
    return graph.node("Div", rows, graph.reduce("ReduceL2", rows, true, 1));
  }

  private static String transposed(Graph graph, String matrix) {
    return graph.node("Transpose", List.of(matrix), Map.of("perm", new long[] {1, 0}));
  }

  private void output(Graph graph, String name, String tensor, Object batchSize) {
    output(graph, name, tensor, batchSize, projection);
  }

  private void output(Graph graph, String name, String tensor, Object... shape) {
    graph.alias(name, graph.cast(tensor, type)).output(name, type, shape);
  }

  private Path beside(Path folder, String kind) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"model_type": "%s", "projection_dim": %d,
         "vision_config": {"image_size": %d, "patch_size": %d, "hidden_size": %d}}
        """
            .formatted(kind, projection, side, patch, hidden));
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "size": {"shortest_edge": %1$d}, "resample": 3,
         "do_center_crop": true, "crop_size": {"height": %1$d, "width": %1$d},
         "do_rescale": true, "rescale_factor": 0.00392156862745098, "do_normalize": true,
         "image_mean": [0.48145466, 0.4578275, 0.40821073],
         "image_std": [0.26862954, 0.26130258, 0.27577711]}
        """
            .formatted(side));
    ByteTokenizer.write(folder, CONTEXT);
    return folder;
  }
}
