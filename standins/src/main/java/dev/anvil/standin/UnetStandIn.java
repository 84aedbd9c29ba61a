package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A UNet whose output is the noise that leads to a clean latent of its choice: the colour of the
 * text's tokens, a grain that the noise decides, and what ControlNets add.
 */
public final class UnetStandIn {
  /** Channels of the thirteen residuals, in the pattern of the real ones. */
  static final long[] RESIDUALS = {4, 4, 4, 4, 8, 8, 8, 16, 16, 16, 16, 16, 16};

  private static final int STEPS = 1000;

  /** The timestep input of the exporters in the wild (docs/model-contracts.md section 5.3). */
  public enum Timestep {
    /** optimum: float scalar. */
    SCALAR(DataType.FLOAT, 0),
    /** diffusers' script: float, as long as the batch. */
    BATCH(DataType.FLOAT, -1),
    /** Older conversions: int64, one number. */
    WHOLE(DataType.INT64, 1),
    /** For both halves of guidance: int64, two numbers. */
    PAIR(DataType.INT64, 2),
    /** Half precision, one number. */
    HALF(DataType.FLOAT16, 1);

    private final DataType type;
    private final int length;

    Timestep(DataType type, int length) {
      this.type = type;
      this.length = length;
    }

    private Object[] shape() {
      return length == 0 ? new Object[0] : new Object[] {length < 0 ? "batch" : length};
    }
  }

  /** How ControlNets reach the network (docs/model-contracts.md section 6.3). */
  public enum Control {
    /** Not at all. */
    NONE,
    /** By residuals with the names of contract (a). */
    RESIDUALS_A,
    /** By residuals with the names of contract (b). */
    RESIDUALS_B,
    /** By pictures: the ControlNet is inside, contract (d). */
    FUSED
  }

  private int channels = 4;
  private Timestep timestep = Timestep.SCALAR;
  private Control control = Control.NONE;
  private boolean guidance;
  private boolean half;
  private Object batch = "batch";
  private Object side = "";
  private int width = DiffusionStandIn.WIDTH;

  /** 9 for a UNet that fills masks. */
  public UnetStandIn channels(int other) {
    channels = other;
    return this;
  }

  public UnetStandIn timestep(Timestep other) {
    timestep = other;
    return this;
  }

  public UnetStandIn control(Control other) {
    control = other;
    return this;
  }

  /** With {@code timestep_cond}, as LCM has it. */
  public UnetStandIn withGuidance() {
    guidance = true;
    return this;
  }

  /** In half precision, the whole pack with it. */
  public UnetStandIn half() {
    half = true;
    return this;
  }

  /** An export for this many rows only. */
  public UnetStandIn batch(int fixed) {
    batch = fixed;
    return this;
  }

  /** An export for square latents of one size only. */
  public UnetStandIn side(int fixed) {
    side = fixed;
    return this;
  }

  /** Another width of text tokens than the text encoder's. */
  public UnetStandIn textWidth(int other) {
    width = other;
    return this;
  }

  DataType type() {
    return half ? DataType.FLOAT16 : DataType.FLOAT;
  }

  /** The names of the residuals' inputs. */
  static List<String> residualNames(Control control) {
    String suffix = control == Control.RESIDUALS_A ? "_additional_residual" : "";
    List<String> names = new ArrayList<>();
    IntStream.range(0, 12).forEach(i -> names.add("down_block_" + i + suffix));
    names.add("mid_block_additional_residual");
    return names;
  }

  /** Builds the graph. */
  public Graph graph() {
    Object h = side.equals("") ? "height" : side;
    Object w = side.equals("") ? "width" : side;
    Graph graph =
        new Graph(5)
            .input("sample", type(), batch, channels, h, w)
            .input("timestep", timestep.type, timestep.shape())
            .input("encoder_hidden_states", type(), batch, DiffusionStandIn.TOKENS, width);
    String sample = graph.cast("sample", DataType.FLOAT);
    String latent = channels == 4 ? sample : slice(graph, sample, 0, 4);
    String colour = colour(graph);
    String clean = graph.node("Add", colour, structure(graph, latent, colour));
    if (channels == 9) {
      String mask = slice(graph, sample, 4, 5);
      String open = graph.node("Sub", graph.constant(1), mask);
      clean =
          graph.node(
              "Add",
              graph.node("Mul", clean, mask),
              graph.node("Mul", slice(graph, sample, 5, 9), open));
    }
    clean = guided(graph, controlled(graph, clean));
    String output = control == Control.FUSED ? "noise_pred" : "out_sample";
    return graph
        .alias(output, graph.cast(noise(graph, latent, clean), type()))
        .output(output, type(), batch, 4, h, w);
  }

  /** The colours of a text's tokens, added: [B, 4, 1, 1]. */
  private String colour(Graph graph) {
    float[] first = new float[width * 4];
    for (int c = 0; c < 4; c++) {
      first[c * 4 + c] = 1;
    }
    String states = graph.cast("encoder_hidden_states", DataType.FLOAT);
    String sum = graph.reduce("ReduceSum", states, false, 1);
    String colour = graph.node("MatMul", sum, graph.constant(first, width, 4));
    return graph.node("Unsqueeze", colour, graph.ints(2, 3));
  }

  /** Each latent stays on the side of the colour that its noise was on. */
  private static String structure(Graph graph, String latent, String colour) {
    String side = graph.node("Mul", graph.node("Sub", latent, colour), graph.constant(8));
    return graph.node("Mul", graph.node("Tanh", side), graph.constant(.15));
  }

  private String guided(Graph graph, String clean) {
    if (!guidance) {
      return clean;
    }
    graph.input("timestep_cond", type(), batch, 256);
    String mean = graph.reduce("ReduceMean", graph.cast("timestep_cond", DataType.FLOAT), false, 1);
    return graph.node("Add", clean, graph.node("Unsqueeze", mean, graph.ints(1, 2, 3)));
  }

  private String controlled(Graph graph, String clean) {
    List<String> residuals;
    if (control == Control.NONE) {
      return clean;
    } else if (control == Control.FUSED) {
      graph
          .input("controlnet_conds", type(), "nets", batch, 3, "picture_height", "picture_width")
          .input("conditioning_scales", type(), "nets", 1);
      String scales =
          graph.node(
              "Unsqueeze", graph.cast("conditioning_scales", DataType.FLOAT), graph.ints(2, 3, 4));
      String scaled = graph.node("Mul", graph.cast("controlnet_conds", DataType.FLOAT), scales);
      residuals = ControlNetStandIn.residuals(graph, graph.reduce("ReduceSum", scaled, false, 0));
    } else {
      residuals = residualNames(control);
      for (int n = 0; n < residuals.size(); n++) {
        graph.input(residuals.get(n), type(), batch, RESIDUALS[n], "h" + n, "w" + n);
      }
    }
    String sum = graph.node("Add", clean, graph.cast(residuals.get(0), DataType.FLOAT));
    for (int n = 1; n < residuals.size(); n++) {
      String mean =
          graph.reduce("ReduceMean", graph.cast(residuals.get(n), DataType.FLOAT), true, 1, 2, 3);
      sum = graph.node("Add", sum, graph.node("Mul", mean, graph.constant(.001 * n)));
    }
    return sum;
  }

  /** {@code (x - a clean) / b}, with a and b of the timestep in Stable Diffusion's schedule. */
  private String noise(Graph graph, String latent, String clean) {
    float[] a = new float[STEPS];
    float[] b = new float[STEPS];
    double product = 1;
    for (int t = 0; t < STEPS; t++) {
      double root = Math.sqrt(.00085) + (Math.sqrt(.012) - Math.sqrt(.00085)) * t / (STEPS - 1);
      product *= 1 - root * root;
      a[t] = (float) Math.sqrt(product);
      b[t] = (float) Math.sqrt(1 - product);
    }
    String flat = graph.node("Reshape", graph.cast("timestep", DataType.FLOAT), graph.ints(-1));
    String first =
        graph.node("Slice", graph.node("Floor", flat), graph.ints(0), graph.ints(1), graph.ints(0));
    String index = graph.cast(first, DataType.INT64);
    String kept = graph.node("Gather", graph.constant(a, STEPS), index);
    String added = graph.node("Gather", graph.constant(b, STEPS), index);
    return graph.node("Div", graph.node("Sub", latent, graph.node("Mul", clean, kept)), added);
  }

  private static String slice(Graph graph, String tensor, long from, long to) {
    return graph.node("Slice", tensor, graph.ints(from), graph.ints(to), graph.ints(1));
  }
}
