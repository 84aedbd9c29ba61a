package dev.anvil.diffusion;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelPack;
import dev.anvil.text.ClipTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a text says to a UNet: one vector for each of its 77 tokens (docs/model-contracts.md section
 * 5.4).
 */
final class PromptEncoder implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";

  private final String name;
  private final ClipTokenizer tokenizer;
  private final OnnxNetwork network;
  private final TensorSpec output;

  private PromptEncoder(String name, ClipTokenizer tokenizer, OnnxNetwork network) {
    this.name = name;
    this.tokenizer = tokenizer;
    this.network = network;
    List<String> inputs = network.inputs().stream().map(TensorSpec::name).toList();
    if (!inputs.contains(IDS) || !Set.of(IDS, MASK).containsAll(inputs)) {
      throw new InvalidInputException(
          name, "found inputs %s; expected %s and no others but %s".formatted(inputs, IDS, MASK));
    }
    List<TensorSpec> states =
        network.outputs().stream().filter(o -> o.shape().size() == 3).toList();
    this.output =
        states.stream()
            .filter(o -> o.name().equals("last_hidden_state"))
            .findFirst()
            .or(() -> states.stream().findFirst())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        name,
                        "found outputs %s; expected last_hidden_state"
                            .formatted(network.outputs())));
  }

  static PromptEncoder open(ModelPack pack, int threads) {
    OnnxNetwork network = pack.network("text_encoder", threads);
    try {
      return new PromptEncoder(
          "text_encoder of " + pack.manifest().name(),
          ClipTokenizer.of(pack, "tokenizer/"),
          network);
    } catch (IOException e) {
      network.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** Numbers of a token, empty where the export leaves them free. */
  OptionalInt width() {
    long width = output.shape().get(2);
    return width == TensorSpec.FREE ? OptionalInt.empty() : OptionalInt.of((int) width);
  }

  /** [1, tokens, width]; a text that is too long is cut. */
  Tensor encode(String text, RunContext context) {
    int[] ids = tokenizer.padded(text);
    float[] values = new float[ids.length];
    float[] ones = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = ids[i];
      ones[i] = 1;
    }
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(IDS, Tensor.of(values, 1, ids.length));
    if (network.input(MASK).isPresent()) {
      inputs.put(MASK, Tensor.of(ones, 1, ids.length));
    }
    return Outputs.requireNumbers(name, network.run(inputs, Set.of(output.name()), context))
        .get(output.name());
  }

  @Override
  public void close() {
    network.close();
  }
}
