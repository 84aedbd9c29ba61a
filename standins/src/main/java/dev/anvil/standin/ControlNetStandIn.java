package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A ControlNet whose first residual is the condition's colour in each latent, and whose others are
 * random views of it at lower resolutions.
 */
public final class ControlNetStandIn {
  /** The export's names (docs/model-contracts.md section 6.3). */
  public enum Contract {
    /** Thirteen named outputs, scaled inside the graph. */
    A,
    /** The same without the scale input. */
    A_UNSCALED,
    /** Two names for thirteen outputs, the second of them wrong; the rest are numbers. */
    C
  }

  private ControlNetStandIn() {}

  /** Writes a pack's folder, without a manifest. */
  public static Path write(Path folder, Contract contract) throws IOException {
    graph(contract).write(folder.resolve("model.onnx"));
    return folder;
  }

  /** Builds the graph. */
  public static Graph graph(Contract contract) {
    Graph graph =
        new Graph(6)
            .input("sample", DataType.FLOAT, "batch", 4, "height", "width")
            .input("timestep", DataType.FLOAT, 1)
            .input(
                "encoder_hidden_states",
                DataType.FLOAT,
                "batch",
                DiffusionStandIn.TOKENS,
                DiffusionStandIn.WIDTH)
            .input(
                "controlnet_cond", DataType.FLOAT, "batch", 3, "picture_height", "picture_width");
    List<String> residuals = residuals(graph, "controlnet_cond");
    if (contract == Contract.A) {
      graph.input("conditioning_scale", DataType.DOUBLE);
      String scale = graph.cast("conditioning_scale", DataType.FLOAT);
      residuals = residuals.stream().map(r -> graph.node("Mul", r, scale)).toList();
    }
    List<String> names =
        contract == Contract.C
            ? misnamed()
            : UnetStandIn.residualNames(UnetStandIn.Control.RESIDUALS_A);
    for (int n = 0; n < names.size(); n++) {
      graph
          .alias(names.get(n), residuals.get(n))
          .output(
              names.get(n), DataType.FLOAT, "batch", UnetStandIn.RESIDUALS[n], "h" + n, "w" + n);
    }
    return graph;
  }

  private static List<String> misnamed() {
    List<String> names = new ArrayList<>(List.of("down_block_res_samples", "mid_block_res_sample"));
    IntStream.range(0, 11).forEach(i -> names.add(Integer.toString(3000 + 17 * i)));
    return names;
  }

  /** The thirteen residuals of a condition of 0 to 1. */
  static List<String> residuals(Graph graph, String condition) {
    float[] colours = new float[12];
    for (int c = 0; c < 3; c++) {
      colours[c * 3 + c] = .5f;
    }
    String cells = graph.averagePool(condition, 8);
    String first =
        graph.node(
            "Conv",
            List.of(cells, graph.constant(colours, 4, 3, 1, 1)),
            Map.of("kernel_shape", new long[] {1, 1}));
    List<String> out = new ArrayList<>();
    out.add(first);
    for (int n = 1; n < 13; n++) {
      boolean smaller = n % 3 == 0 && n < 12;
      int from = (int) UnetStandIn.RESIDUALS[n - 1];
      int to = (int) UnetStandIn.RESIDUALS[n];
      out.add(
          smaller
              ? conv(graph, n, out.get(n - 1), from, to, 3, 2)
              : conv(graph, n, out.get(n - 1), from, to, 1, 1));
    }
    return out;
  }

  /** With weights that depend on nothing but n, so that a fused network has the same. */
  private static String conv(
      Graph graph, int n, String input, int from, int to, int kernel, int stride) {
    Random random = new Random(n);
    float[] weights = new float[to * from * kernel * kernel];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() / Math.sqrt((double) from * kernel * kernel));
    }
    int pad = kernel / 2;
    return graph.node(
        "Conv",
        List.of(input, graph.constant(weights, to, from, kernel, kernel)),
        Map.of(
            "kernel_shape", new long[] {kernel, kernel},
            "strides", new long[] {stride, stride},
            "pads", new long[] {pad, pad, pad, pad}));
  }
}
