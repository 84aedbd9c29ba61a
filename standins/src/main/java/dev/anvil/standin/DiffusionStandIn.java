package dev.anvil.standin;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Stable Diffusion in the layout of optimum or of diffusers' old export, small and with hand-made
 * weights that mean something: three of the four latent channels are the mean colours of 8 x 8
 * pixels in -1 to 1, and the UNet knows exactly how to arrive at the colour that the prompt names
 * (red, green, blue, white, black, yellow or silver; grey without one).
 */
public final class DiffusionStandIn {
  /** Numbers of a token. */
  static final int WIDTH = 32;

  static final int TOKENS = 77;
  private static final float SCALE = .18215f;

  /** Colours of the tokens, as latents. */
  private static final Map<String, float[]> COLOURS =
      Map.of(
          "yellow", new float[] {.8f, .7f, -.8f, 0},
          "silver", new float[] {.4f, .4f, .5f, 0},
          "green", new float[] {-.8f, .6f, -.7f, 0},
          "black", new float[] {-.9f, -.9f, -.9f, 0},
          "white", new float[] {1, 1, 1, 0},
          "blue", new float[] {-.8f, -.6f, .8f, 0},
          "red", new float[] {.8f, -.8f, -.8f, 0});

  private static final List<String> WORDS =
      List.of("yellow", "silver", "green", "black", "white", "blue", "red", "car", "photo");

  /** Who exported the pack, which decides names and types of inputs and outputs. */
  public enum Layout {
    OPTIMUM,
    DIFFUSERS
  }

  private Layout layout = Layout.OPTIMUM;
  private UnetStandIn unet = new UnetStandIn();
  private boolean encoder = true;
  private boolean safety;
  private String scheduler =
      """
      {"_class_name": "PNDMScheduler", "num_train_timesteps": 1000, "beta_start": 0.00085,
       "beta_end": 0.012, "beta_schedule": "scaled_linear", "set_alpha_to_one": false,
       "skip_prk_steps": true, "steps_offset": 1, "clip_sample": false, "trained_betas": null}
      """;

  /** The layout; optimum's if not set. */
  public DiffusionStandIn layout(Layout other) {
    layout = other;
    return this;
  }

  /** Another UNet than the plain one with a scalar timestep. */
  public DiffusionStandIn unet(UnetStandIn other) {
    unet = other;
    return this;
  }

  /** Leaves the encoder of pictures out. */
  public DiffusionStandIn withoutEncoder() {
    encoder = false;
    return this;
  }

  /** With a checker that refuses pictures that are nearly white. */
  public DiffusionStandIn withSafetyChecker() {
    safety = true;
    return this;
  }

  /** Another {@code scheduler_config.json} than Stable Diffusion 1.5's. */
  public DiffusionStandIn scheduler(String json) {
    scheduler = json;
    return this;
  }

  /** Writes the pack's folder, without a manifest. */
  public Path write(Path folder) throws IOException {
    ToyTokenizer tokenizer = new ToyTokenizer(WORDS);
    tokenizer.write(folder.resolve("tokenizer"));
    text(folder, "model_index.json", "{\"_class_name\": \"StableDiffusionPipeline\"}");
    text(folder, "scheduler/scheduler_config.json", scheduler);
    textEncoder(tokenizer).write(folder.resolve("text_encoder/model.onnx"));
    unet.graph().write(folder.resolve("unet/model.onnx"));
    if (encoder) {
      vaeEncoder().write(folder.resolve("vae_encoder/model.onnx"));
    }
    vaeDecoder().write(folder.resolve("vae_decoder/model.onnx"));
    if (layout == Layout.OPTIMUM) {
      text(
          folder,
          "vae_decoder/config.json",
          "{\"scaling_factor\": 0.18215, \"latent_channels\": 4}");
    }
    if (safety) {
      safetyChecker().write(folder.resolve("safety_checker/model.onnx"));
    }
    return folder;
  }

  /**
   * Writes another UNet for ControlNets beside the plain one, where docs/model-contracts.md section
   * 6.3 (b) has it.
   */
  public static void writeControlled(UnetStandIn unet, Path folder) throws IOException {
    unet.graph().write(folder.resolve("cnet/model.onnx"));
  }

  private Graph textEncoder(ToyTokenizer tokenizer) {
    DataType type = layout == Layout.OPTIMUM ? DataType.INT64 : DataType.INT32;
    DataType states = unet.type();
    Graph graph = new Graph(1).input("input_ids", type, "batch", TOKENS);
    float[] table = new float[tokenizer.size() * WIDTH];
    COLOURS.forEach(
        (word, colour) -> System.arraycopy(colour, 0, table, tokenizer.id(word) * WIDTH, 4));
    String weights = graph.constant(table, tokenizer.size(), WIDTH);
    String found = graph.node("Gather", weights, "input_ids");
    return graph
        .alias("last_hidden_state", graph.cast(found, states))
        .alias("pooler_output", graph.cast(graph.reduce("ReduceMean", found, false, 1), states))
        .output("last_hidden_state", states, "batch", TOKENS, WIDTH)
        .output("pooler_output", states, "batch", WIDTH);
  }

  private Graph vaeEncoder() {
    boolean optimum = layout == Layout.OPTIMUM;
    int channels = optimum ? 8 : 4;
    float[] weights = new float[channels * 3];
    for (int c = 0; c < 3; c++) {
      weights[c * 3 + c] = 1 / SCALE;
    }
    DataType type = unet.type();
    Graph graph = new Graph(2).input("sample", type, "batch", 3, "height", "width");
    String means = graph.averagePool(graph.cast("sample", DataType.FLOAT), 8);
    String latents =
        graph.node(
            "Conv",
            List.of(means, graph.constant(weights, channels, 3, 1, 1)),
            Map.of("kernel_shape", new long[] {1, 1}));
    String name = optimum ? "latent_parameters" : "latent_sample";
    return graph
        .alias(name, graph.cast(latents, type))
        .output(name, type, "batch", channels, "latent_height", "latent_width");
  }

  private Graph vaeDecoder() {
    float[] weights = new float[12];
    for (int c = 0; c < 3; c++) {
      weights[c * 4 + c] = SCALE;
    }
    DataType type = unet.type();
    Graph graph = new Graph(3).input("latent_sample", type, "batch", 4, "height", "width");
    String colours =
        graph.node(
            "Conv",
            List.of(
                graph.cast("latent_sample", DataType.FLOAT), graph.constant(weights, 3, 4, 1, 1)),
            Map.of("kernel_shape", new long[] {1, 1}));
    String large =
        graph.node(
            "Resize",
            List.of(colours, "", graph.constant(new float[] {1, 1, 8, 8}, 4)),
            Map.of(
                "mode", "nearest",
                "coordinate_transformation_mode", "asymmetric",
                "nearest_mode", "floor"));
    return graph
        .alias("sample", graph.cast(large, type))
        .output("sample", type, "batch", 3, "image_height", "image_width");
  }

  private static Graph safetyChecker() {
    Graph graph =
        new Graph(4)
            .input("clip_input", DataType.FLOAT, "batch", 3, 224, 224)
            .input("images", DataType.FLOAT, "batch", "height", "width", 3);
    String mean = graph.reduce("ReduceMean", "clip_input", false, 1, 2, 3);
    return graph
        .alias("out_images", "images")
        .named("has_nsfw_concepts", "Greater", List.of(mean, graph.constant(1.6)), Map.of())
        .output("out_images", DataType.FLOAT, "batch", "height", "width", 3)
        .output("has_nsfw_concepts", DataType.BOOL, "batch");
  }

  private static void text(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
