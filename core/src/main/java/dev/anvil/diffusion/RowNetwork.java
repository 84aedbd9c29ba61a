package dev.anvil.diffusion;

import dev.anvil.RunContext;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A network that takes batches of rows and a timestep. Exports for one batch size only are run as
 * often as it takes.
 */
final class RowNetwork implements AutoCloseable {
  static final String SAMPLE = "sample";
  static final String TIMESTEP = "timestep";
  static final String TEXT = "encoder_hidden_states";

  private final OnnxNetwork network;

  RowNetwork(OnnxNetwork network) {
    this.network = network;
  }

  OnnxNetwork network() {
    return network;
  }

  boolean takes(String input) {
    return network.input(input).isPresent();
  }

  TensorSpec spec(String input) {
    return network.input(input).orElseThrow();
  }

  /** The length of an input's dimension, or another where it is free. */
  int length(String input, int axis, int otherwise) {
    long length = spec(input).shape().get(axis);
    return length == TensorSpec.FREE ? otherwise : Math.toIntExact(length);
  }

  /**
   * Runs rows.
   *
   * @param rows tensors with equal first axes, by input
   * @param others what else the network takes, for a batch size
   * @param wanted outputs; those of all rows are put together
   */
  Map<String, Tensor> run(
      Map<String, Tensor> rows,
      IntFunction<Map<String, Tensor>> others,
      Set<String> wanted,
      RunContext context) {
    int count = rows.get(SAMPLE).dim(0);
    int batch = batch(count);
    if (batch == count) {
      return once(rows, others, wanted, context);
    }
    Map<String, List<Tensor>> parts = new LinkedHashMap<>();
    for (int from = 0; from < count; from += batch) {
      Map<String, Tensor> part = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> row : rows.entrySet()) {
        part.put(row.getKey(), Rows.part(row.getValue(), from, batch));
      }
      int used = Math.min(batch, count - from);
      once(part, others, wanted, context)
          .forEach(
              (name, tensor) ->
                  parts
                      .computeIfAbsent(name, n -> new ArrayList<>())
                      .add(Rows.part(tensor, 0, used)));
    }
    Map<String, Tensor> out = new LinkedHashMap<>();
    parts.forEach((name, tensors) -> out.put(name, Rows.stacked(tensors)));
    return out;
  }

  private Map<String, Tensor> once(
      Map<String, Tensor> rows,
      IntFunction<Map<String, Tensor>> others,
      Set<String> wanted,
      RunContext context) {
    Map<String, Tensor> all = new LinkedHashMap<>(rows);
    all.putAll(others.apply(rows.get(SAMPLE).dim(0)));
    return network.run(all, wanted, context);
  }

  /** The batch size that the export is fixed to; else as many rows as there are. */
  private int batch(int count) {
    for (String input : List.of(SAMPLE, TEXT, TIMESTEP)) {
      List<Long> shape = spec(input).shape();
      if (!shape.isEmpty() && shape.get(0) != TensorSpec.FREE) {
        long fixed = shape.get(0);
        if (!input.equals(TIMESTEP) || fixed > 1) {
          return Math.toIntExact(fixed);
        }
      }
    }
    return count;
  }

  /**
   * The timestep in the rank and length that the export takes (docs/model-contracts.md section
   * 5.3).
   */
  Tensor timestep(double value, int batch) {
    List<Long> shape = spec(TIMESTEP).shape();
    if (shape.isEmpty()) {
      return Tensor.of(new float[] {(float) value});
    }
    String symbol = network.symbol(TIMESTEP, 0);
    long length =
        shape.get(0) != TensorSpec.FREE
            ? shape.get(0)
            : !symbol.isBlank() && symbol.equals(network.symbol(SAMPLE, 0)) ? batch : 1;
    float[] values = new float[Math.toIntExact(length)];
    Arrays.fill(values, (float) value);
    return Tensor.of(values, length);
  }

  @Override
  public void close() {
    network.close();
  }
}
