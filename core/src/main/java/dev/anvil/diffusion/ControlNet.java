package dev.anvil.diffusion;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.image.ProbePictures;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that holds a diffusion to a condition picture (Zhang et al. 2023;
 * docs/model-contracts.md section 6). Exports of contracts (a), with named residuals, and (c),
 * whose residuals are misnamed and taken in the graph's order, are known; scaling is done outside
 * in both. Safe for use from several threads.
 */
public final class ControlNet implements AutoCloseable {
  private static final String CONDITION = "controlnet_cond";
  private static final String SCALE = "conditioning_scale";

  private final String id;
  private final RowNetwork rows;
  private final List<String> outputs;

  private ControlNet(String id, OnnxNetwork network) {
    this.id = id;
    this.rows = new RowNetwork(network);
    List<String> found = network.outputs().stream().map(TensorSpec::name).toList();
    this.outputs = found.containsAll(Residuals.names()) ? Residuals.names() : found;
    if (outputs.size() != Residuals.COUNT) {
      throw new InvalidInputException(
          id, "found outputs %s; expected 12 down residuals, then the middle's".formatted(found));
    }
    for (String needed :
        List.of(RowNetwork.SAMPLE, RowNetwork.TIMESTEP, RowNetwork.TEXT, CONDITION)) {
      if (!rows.takes(needed)) {
        throw new InvalidInputException(
            "%s input %s".formatted(id, needed), "found no such input; expected it");
      }
    }
  }

  /**
   * Opens a pack of kind {@code controlnet}.
   *
   * @param threads within one call of the network
   * @throws InvalidInputException when its network is none
   */
  public static ControlNet open(ModelPack pack, int threads) {
    OnnxNetwork network = pack.network("model", threads);
    try {
      return new ControlNet(pack.id(), network);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** The pack's id. */
  public String id() {
    return id;
  }

  /**
   * What is wrong with its network, tried on conditions made for this; nothing when it is sound.
   */
  public List<Problem> problems(RunContext context) {
    int height = rows.length(RowNetwork.SAMPLE, 2, DiffusionProbe.SIDE);
    int width = rows.length(RowNetwork.SAMPLE, 3, DiffusionProbe.SIDE);
    Tensor sample = DiffusionProbe.noise(1, 4, height, width);
    Tensor text =
        DiffusionProbe.noise(
            1,
            rows.length(RowNetwork.TEXT, 1, DiffusionProbe.TOKENS),
            rows.length(RowNetwork.TEXT, 2, DiffusionProbe.TEXT_WIDTH));
    return DiffusionProbe.tried(
        id,
        ProbePictures.TWO,
        picture ->
            residuals(
                sample,
                text,
                DiffusionProbe.TIMESTEP,
                Condition.of(picture, 8 * width, 8 * height).planes(),
                context));
  }

  /**
   * The thirteen residuals, unscaled.
   *
   * @param sample [B, 4, h, w], as the UNet sees it
   * @param condition [1, 3, 8 h, 8 w]
   */
  List<Tensor> residuals(
      Tensor sample, Tensor text, double timestep, Tensor condition, RunContext context) {
    Map<String, Tensor> batch = new LinkedHashMap<>();
    batch.put(RowNetwork.SAMPLE, sample);
    batch.put(RowNetwork.TEXT, text);
    batch.put(CONDITION, Rows.repeated(condition, sample.dim(0)));
    Map<String, Tensor> found =
        Outputs.requireNumbers(
            id,
            rows.run(
                batch,
                count -> {
                  Map<String, Tensor> others = new HashMap<>();
                  others.put(RowNetwork.TIMESTEP, rows.timestep(timestep, count));
                  if (rows.takes(SCALE)) {
                    boolean scalar = rows.spec(SCALE).shape().isEmpty();
                    float[] one = {1};
                    others.put(SCALE, scalar ? Tensor.of(one) : Tensor.of(one, 1));
                  }
                  return others;
                },
                new HashSet<>(outputs),
                context));
    return outputs.stream().map(found::get).toList();
  }

  @Override
  public void close() {
    rows.close();
  }
}
