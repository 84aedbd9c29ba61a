package dev.anvil.diffusion;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The thirteen tensors that a ControlNet adds inside a UNet: to twelve skip connections, three at
 * each of four resolutions, and to the middle (docs/model-contracts.md section 6.1).
 */
final class Residuals {
  static final int COUNT = 13;

  private Residuals() {}

  /** The names of docs/model-contracts.md section 6.3 (a). */
  static List<String> names() {
    return names("_additional_residual");
  }

  private static List<String> names(String suffix) {
    List<String> out = new ArrayList<>();
    IntStream.range(0, COUNT - 1).forEach(i -> out.add("down_block_" + i + suffix));
    out.add("mid_block_additional_residual");
    return List.copyOf(out);
  }

  /** The names under which a network has them, of 6.3 (a) or (b); none when it has none. */
  static List<String> find(Predicate<String> takes) {
    return List.of(names(), names("")).stream()
        .filter(n -> n.stream().allMatch(takes))
        .findFirst()
        .orElse(List.of());
  }

  /** Length of a side at the n-th tensor, for latents of this length. */
  static int side(int n, int latent) {
    int level = Math.min(3, n / 3);
    return (latent + (1 << level) - 1) >> level;
  }

  /** Zeros that fit a network's inputs. */
  static List<Tensor> zeros(List<TensorSpec> specs, int batch, int height, int width) {
    List<Tensor> out = new ArrayList<>();
    for (int n = 0; n < COUNT; n++) {
      long channels = specs.get(n).shape().get(1);
      if (channels == TensorSpec.FREE) {
        throw new InvalidInputException(
            "input " + specs.get(n).name(),
            "found a free number of channels; expected a fixed one, to run without ControlNet");
      }
      out.add(Tensor.allocate(batch, channels, side(n, height), side(n, width)));
    }
    return out;
  }

  /**
   * Refuses tensors whose shapes are not those of 6.1, as of a ControlNet for another family of
   * networks or one whose outputs are in another order.
   */
  static void check(String where, List<Tensor> found, List<TensorSpec> specs, Tensor sample) {
    List<Problem> problems = new ArrayList<>();
    for (int n = 0; n < COUNT; n++) {
      List<Long> shape = found.get(n).shape();
      long channels = specs.get(n).shape().get(1);
      List<Long> expected =
          List.of(
              (long) sample.dim(0),
              channels == TensorSpec.FREE && shape.size() > 1 ? shape.get(1) : channels,
              (long) side(n, sample.dim(2)),
              (long) side(n, sample.dim(3)));
      if (!shape.equals(expected)) {
        problems.add(
            new Problem(
                "%s, residual %d".formatted(where, n),
                "found shape %s; expected %s, as the UNet's %s"
                    .formatted(shape, expected, specs.get(n).name())));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Multiplies a tensor's values. */
  static void scale(Tensor tensor, double factor) {
    FloatBuffer data = tensor.data();
    for (int i = 0; i < data.limit(); i++) {
      data.put(i, (float) (data.get(i) * factor));
    }
  }

  /** Adds tensors of the same shapes to others. */
  static void add(List<Tensor> to, List<Tensor> more) {
    for (int n = 0; n < COUNT; n++) {
      FloatBuffer sum = to.get(n).data();
      FloatBuffer data = more.get(n).data();
      for (int i = 0; i < sum.limit(); i++) {
        sum.put(i, sum.get(i) + data.get(i));
      }
    }
  }

  /** Zeros for the first row, where only the second one is held to anything. */
  static List<Tensor> behindZeros(List<Tensor> residuals) {
    return residuals.stream().map(r -> Rows.stacked(List.of(Tensor.allocate(dims(r)), r))).toList();
  }

  private static long[] dims(Tensor tensor) {
    return tensor.shape().stream().mapToLong(Long::longValue).toArray();
  }
}
