package dev.anvil.onnx;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Whether what networks give can be used. */
public final class Outputs {
  private Outputs() {}

  /**
   * Refuses what is not numbers throughout.
   *
   * @param where names the network, and its pack
   * @param outputs of one call, by name
   * @return the same outputs
   * @throws UnusableOutputException when a value is NaN or infinite
   */
  public static Map<String, Tensor> requireNumbers(String where, Map<String, Tensor> outputs) {
    outputs.forEach((name, tensor) -> requireNumbers(where, name, tensor));
    return outputs;
  }

  private static void requireNumbers(String where, String output, Tensor tensor) {
    FloatBuffer data = tensor.data();
    int bad = 0;
    for (int i = 0; i < data.limit(); i++) {
      bad += Float.isFinite(data.get(i)) ? 0 : 1;
    }
    if (bad > 0) {
      throw new UnusableOutputException(
          "%s output %s".formatted(where, output),
          ("found %d of %d values that are no finite numbers; expected none. The network is damaged,"
                  + " or computes in half precision what does not fit into it: add the pack again"
                  + " from a sound file, or take its float32 export")
              .formatted(bad, data.limit()));
    }
  }

  /**
   * What is wrong with a network that gives the same for different inputs.
   *
   * @param where names the network, and its pack
   * @param outputs one of each call, of different inputs
   * @return nothing when two of them differ
   */
  public static List<Problem> constant(String where, Collection<?> outputs) {
    return outputs.stream().distinct().count() > 1
        ? List.of()
        : List.of(
            new Problem(
                where,
                ("found the same output for %d different inputs; expected another for each. The"
                        + " network does not look at what it is given: export it again, or take"
                        + " another pack")
                    .formatted(outputs.size())));
  }

  /** As {@link #constant}. */
  public static void requireVariation(String where, Collection<?> outputs) {
    List<Problem> problems = constant(where, outputs);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
