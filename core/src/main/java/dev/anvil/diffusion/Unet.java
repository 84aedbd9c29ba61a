package dev.anvil.diffusion;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The network that finds the noise in a latent (docs/model-contracts.md sections 5.2, 5.3, 6.3).
 */
final class Unet implements AutoCloseable {
  private static final String GUIDANCE = "timestep_cond";
  private static final String CONDITIONS = "controlnet_conds";
  private static final String SCALES = "conditioning_scales";
  private static final Set<String> KNOWN =
      Set.of(RowNetwork.SAMPLE, RowNetwork.TIMESTEP, RowNetwork.TEXT, GUIDANCE, CONDITIONS, SCALES);

  private final String name;
  private final RowNetwork rows;
  private final List<TensorSpec> residuals;
  private final String output;

  private Unet(String name, OnnxNetwork network) {
    this.name = name;
    this.rows = new RowNetwork(network);
    List<String> names = Residuals.find(rows::takes);
    refuseUnknown(name, network, names);
    this.residuals = names.stream().map(rows::spec).toList();
    this.output = output(name, network);
  }

  /**
   * Opens the network of a role.
   *
   * @throws InvalidInputException when it takes something that is not known here
   */
  static Unet open(ModelPack pack, String role, int threads) {
    OnnxNetwork network = pack.network(role, threads);
    try {
      return new Unet("%s of %s".formatted(role, pack.manifest().name()), network);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private static void refuseUnknown(String name, OnnxNetwork network, List<String> residuals) {
    List<Problem> problems = new ArrayList<>();
    Set<String> found = new HashSet<>();
    for (TensorSpec input : network.inputs()) {
      found.add(input.name());
      if (!KNOWN.contains(input.name()) && !residuals.contains(input.name())) {
        String why =
            Set.of("text_embeds", "time_ids").contains(input.name())
                ? ", as of Stable Diffusion XL, which is not at hand"
                : "";
        problems.add(
            new Problem(
                "%s input %s".formatted(name, input.name()),
                "found %s%s; expected only inputs of Stable Diffusion 1, 2, Turbo or LCM"
                    .formatted(input.typeAndShape(), why)));
      }
    }
    for (String needed : List.of(RowNetwork.SAMPLE, RowNetwork.TIMESTEP, RowNetwork.TEXT)) {
      if (!found.contains(needed)) {
        problems.add(
            new Problem(
                "%s input %s".formatted(name, needed),
                "found only %s; expected it".formatted(found)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static String output(String name, OnnxNetwork network) {
    List<TensorSpec> outputs = network.outputs();
    return List.of("out_sample", "noise_pred", RowNetwork.SAMPLE).stream()
        .filter(o -> outputs.stream().anyMatch(s -> s.name().equals(o)))
        .findFirst()
        .or(
            () ->
                outputs.stream()
                    .filter(o -> o.shape().size() == 4)
                    .map(TensorSpec::name)
                    .findFirst())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    name, "found outputs %s; expected one of rank 4".formatted(outputs)));
  }

  /** 4 for a plain network, 9 for one that was trained to fill masks. */
  int channels() {
    long channels = rows.spec(RowNetwork.SAMPLE).shape().get(1);
    return channels == TensorSpec.FREE ? 4 : Math.toIntExact(channels);
  }

  /** Names the network and its pack. */
  String name() {
    return name;
  }

  /** Numbers of a text's token, empty where they are free. */
  OptionalInt textWidth() {
    return fixed(RowNetwork.TEXT, 2);
  }

  /** Height of latents in an export for one size only. */
  OptionalInt height() {
    return fixed(RowNetwork.SAMPLE, 2);
  }

  /** Width of latents in an export for one size only. */
  OptionalInt width() {
    return fixed(RowNetwork.SAMPLE, 3);
  }

  private OptionalInt fixed(String input, int axis) {
    long length = rows.spec(input).shape().get(axis);
    return length == TensorSpec.FREE
        ? OptionalInt.empty()
        : OptionalInt.of(Math.toIntExact(length));
  }

  /** Whether guidance is told to the network, as LCM's is, instead of being done outside. */
  boolean takesGuidance() {
    return rows.takes(GUIDANCE);
  }

  /** Whether residuals of ControlNets can be fed. */
  boolean takesResiduals() {
    return !residuals.isEmpty();
  }

  /** Whether ControlNets are inside the network. */
  boolean takesConditions() {
    return rows.takes(CONDITIONS);
  }

  /** Number of ControlNets inside, empty where it is free or where there are none. */
  OptionalInt conditions() {
    return takesConditions() ? fixed(CONDITIONS, 0) : OptionalInt.empty();
  }

  /** The inputs that residuals go to. */
  List<TensorSpec> residuals() {
    return residuals;
  }

  /**
   * The network's output for a batch of rows.
   *
   * @param sample [B, channels, h, w]
   * @param text [B, tokens, width]
   * @param guidance for networks that take it
   */
  Tensor run(
      Tensor sample,
      Tensor text,
      double timestep,
      double guidance,
      Steering steering,
      RunContext context) {
    Map<String, Tensor> batch = new LinkedHashMap<>();
    batch.put(RowNetwork.SAMPLE, sample);
    batch.put(RowNetwork.TEXT, text);
    List<Tensor> added =
        steering.residuals().isEmpty() && takesResiduals()
            ? Residuals.zeros(residuals, sample.dim(0), sample.dim(2), sample.dim(3))
            : steering.residuals();
    for (int n = 0; n < added.size(); n++) {
      batch.put(residuals.get(n).name(), added.get(n));
    }
    Map<String, Tensor> outputs =
        rows.run(
            batch,
            count -> others(timestep, guidance, steering, sample, count),
            Set.of(output),
            context);
    Tensor out = Outputs.requireNumbers(name, outputs).get(output);
    List<Long> expected =
        List.of((long) sample.dim(0), 4L, (long) sample.dim(2), (long) sample.dim(3));
    if (!out.shape().equals(expected)) {
      throw new InvalidInputException(
          "%s output %s".formatted(name, output),
          "found shape %s; expected %s".formatted(out.shape(), expected));
    }
    return out;
  }

  private Map<String, Tensor> others(
      double timestep, double guidance, Steering steering, Tensor sample, int count) {
    Map<String, Tensor> out = new HashMap<>();
    out.put(RowNetwork.TIMESTEP, rows.timestep(timestep, count));
    if (takesGuidance()) {
      int width = fixed(GUIDANCE, 1).orElse(256);
      Tensor embedding = Tensor.of(guidanceEmbedding(guidance, width), 1, width);
      out.put(GUIDANCE, Rows.repeated(embedding, count));
    }
    if (takesConditions()) {
      List<Tensor> pictures = steering.conditions();
      if (pictures.isEmpty()) {
        int given = fixed(CONDITIONS, 0).orElse(1);
        Tensor blank = Tensor.allocate(1, 3, sample.dim(2) * 8L, sample.dim(3) * 8L);
        pictures = Collections.nCopies(given, blank);
      }
      out.put(
          CONDITIONS,
          Rows.under(
              pictures.size(),
              Rows.stacked(pictures.stream().map(p -> Rows.repeated(p, count)).toList())));
      float[] scales = new float[pictures.size()];
      for (int i = 0; i < steering.scales().size(); i++) {
        scales[i] = steering.scales().get(i).floatValue();
      }
      boolean column = rows.spec(SCALES).shape().size() == 2;
      out.put(
          SCALES, column ? Tensor.of(scales, scales.length, 1) : Tensor.of(scales, scales.length));
    }
    return out;
  }

  /**
   * How LCM is told the guidance (docs/model-contracts.md section 5.4): sines, then cosines of
   * {@code 1000 (guidance - 1)}; in float32 as torch has them, since angles of thousands lose
   * digits.
   */
  static float[] guidanceEmbedding(double guidance, int width) {
    float[] out = new float[width];
    int half = width / 2;
    float fall = (float) Math.log(10_000) / (half - 1);
    for (int k = 0; k < half; k++) {
      float angle = (float) (1000 * (guidance - 1)) * (float) Math.exp(-fall * k);
      out[k] = (float) Math.sin(angle);
      out[half + k] = (float) Math.cos(angle);
    }
    return out;
  }

  @Override
  public void close() {
    rows.close();
  }
}
