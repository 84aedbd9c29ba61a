package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stand-in of a network trained on ImageNet (docs/model-contracts.md sections 3 and 10): a
 * convolution, ReLU, and the average over the picture.
 *
 * @param side of the pictures; also of other sizes, as the real ones
 * @param stride a feature's share of the side
 * @param width number of features
 */
public record BackboneStandIn(int side, int stride, int width) {
  /** 64 pixels, features of 8 x 8 pixels, 24 of them. */
  public static final BackboneStandIn TINY = new BackboneStandIn(64, 8, 24);

  /** The signature of ResNet-200d. */
  public static final BackboneStandIn RESNET_200D = new BackboneStandIn(256, 32, 2048);

  /** timm's own export without a classifier: {@code input0} to {@code output0}. */
  public Path timm(Path folder) throws IOException {
    Graph graph = input("input0");
    output(graph, "output0", graph.reduce("ReduceMean", features(graph, "input0"), false, 2, 3));
    graph.write(folder.resolve("model.onnx"));
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architecture": "resnet200d", "num_classes": 0,
         "pretrained_cfg": {"input_size": [3, %1$d, %1$d], "interpolation": "bicubic",
          "crop_pct": 0.95, "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}}
        """
            .formatted(side));
    return folder;
  }

  /** optimum's features of a ResNet: a map, and its average of [batch, width, 1, 1]. */
  public Path optimum(Path folder) throws IOException {
    Graph graph = input("pixel_values");
    String map = features(graph, "pixel_values");
    graph
        .alias("last_hidden_state", map)
        .output("last_hidden_state", DataType.FLOAT, "batch", width, "rows", "columns")
        .alias("pooler_output", graph.reduce("ReduceMean", map, true, 2, 3))
        .output("pooler_output", DataType.FLOAT, "batch", width, 1, 1)
        .write(folder.resolve("model.onnx"));
    return preprocessor(folder);
  }

  /** The map alone, [batch, width, rows, columns]. */
  public Path map(Path folder) throws IOException {
    Graph graph = input("pixel_values");
    graph
        .alias("features", features(graph, "pixel_values"))
        .output("features", DataType.FLOAT, "batch", width, "rows", "columns")
        .write(folder.resolve("model.onnx"));
    return preprocessor(folder);
  }

  /** optimum's classifier: {@code pixel_values} to the {@code logits} of 1000 classes. */
  public Path classifier(Path folder) throws IOException {
    Graph graph = input("pixel_values");
    String pooled = graph.reduce("ReduceMean", features(graph, "pixel_values"), false, 2, 3);
    graph
        .alias("logits", graph.node("MatMul", pooled, graph.random(1, width, 1000)))
        .output("logits", DataType.FLOAT, "batch_size", 1000)
        .write(folder.resolve("model.onnx"));
    return preprocessor(folder);
  }

  private static Graph input(String name) {
    return new Graph(3).input(name, DataType.FLOAT, "batch", 3, "height", "width");
  }

  private String features(Graph graph, String input) {
    return graph.node("Relu", graph.conv(input, 3, width, stride, stride, 0));
  }

  private void output(Graph graph, String name, String tensor) {
    graph.alias(name, tensor).output(name, DataType.FLOAT, "batch", width);
  }

  private Path preprocessor(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "size": {"height": %1$d, "width": %1$d}, "resample": 2,
         "do_normalize": true, "image_mean": [0.485, 0.456, 0.406],
         "image_std": [0.229, 0.224, 0.225]}
        """
            .formatted(side));
    return folder;
  }
}
