package dev.anvil.encode;

import dev.anvil.InvalidInputException;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Inputs of a network of pictures and texts that must be fed although only one of the two is asked
 * for: a picture of nothing, a text of two tokens.
 */
final class OtherHalf {
  private static final String MASK = "attention_mask";
  private static final int TOKENS = 2;

  private OtherHalf() {}

  /** The one input that takes pictures. */
  static TensorSpec picture(OnnxNetwork network, String where) {
    List<TensorSpec> found = ofRank(network, 4);
    if (found.size() != 1 || !isOr(found.get(0).shape().get(1), 3)) {
      throw refused(network, where, "one of pictures [batch, 3, height, width]");
    }
    return found.get(0);
  }

  /** The one input that takes token ids. */
  static TensorSpec tokens(OnnxNetwork network, String where) {
    List<TensorSpec> found =
        ofRank(network, 2).stream().filter(i -> !i.name().equals(MASK)).toList();
    if (found.size() != 1) {
      throw refused(network, where, "one of token ids [batch, tokens]");
    }
    return found.get(0);
  }

  /** Texts for a network that is asked for pictures; nothing where it takes none. */
  static Map<String, Tensor> texts(OnnxNetwork network, String where) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    for (TensorSpec input : network.inputs()) {
      if (input.shape().size() == 2) {
        long[] shape = {length(input, 0, 1), length(input, 1, TOKENS)};
        float[] values = new float[(int) (shape[0] * shape[1])];
        Arrays.fill(values, input.name().equals(MASK) ? 1 : 0);
        out.put(input.name(), Tensor.of(values, shape));
      } else if (input.shape().size() != 4) {
        throw refused(network, where, "pictures, and at most input_ids and attention_mask");
      }
    }
    return out;
  }

  /**
   * A picture for a network that is asked for texts; nothing where it takes none.
   *
   * @param side of the picture where the network does not say it
   */
  static Map<String, Tensor> pictures(OnnxNetwork network, String where, int side) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    for (TensorSpec input : network.inputs()) {
      if (input.shape().size() == 4) {
        out.put(
            input.name(),
            Tensor.allocate(
                length(input, 0, 1),
                length(input, 1, 3),
                length(input, 2, side),
                length(input, 3, side)));
      } else if (input.shape().size() != 2) {
        throw refused(network, where, "input_ids, and at most attention_mask and pixel_values");
      }
    }
    return out;
  }

  private static List<TensorSpec> ofRank(OnnxNetwork network, int rank) {
    return network.inputs().stream().filter(i -> i.shape().size() == rank).toList();
  }

  private static boolean isOr(long length, long expected) {
    return length == expected || length == TensorSpec.FREE;
  }

  private static long length(TensorSpec input, int axis, long otherwise) {
    long length = input.shape().get(axis);
    return length == TensorSpec.FREE ? otherwise : length;
  }

  private static InvalidInputException refused(OnnxNetwork network, String where, String expected) {
    return new InvalidInputException(
        where,
        "found the inputs %s; expected %s"
            .formatted(
                network.inputs().stream()
                    .map(i -> i.name() + " " + i.typeAndShape())
                    .collect(Collectors.joining(", ")),
                expected));
  }
}
