package dev.anvil.onnx;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Name, type and shape of one input or output of a network.
 *
 * @param type the element type in ONNX's words, for example {@code float32} or {@code int64}
 * @param shape the length of each dimension; {@link #FREE} where a caller may choose it
 */
public record TensorSpec(String name, String type, List<Long> shape) {
  /** A dimension of any length. */
  public static final long FREE = -1;

  public TensorSpec {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    shape = List.copyOf(shape);
  }

  /** Whether type and rank are equal and no fixed dimension contradicts one of the other. */
  boolean fits(TensorSpec other) {
    return type.equals(other.type) && fits(other.shape);
  }

  /** Whether the rank is equal and no fixed dimension contradicts one of the other. */
  boolean fits(List<Long> other) {
    if (shape.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < shape.size(); i++) {
      long a = shape.get(i);
      long b = other.get(i);
      if (a != b && a != FREE && b != FREE) {
        return false;
      }
    }
    return true;
  }

  /** For example {@code float32 [*, 3, 300, 300]}. */
  public String typeAndShape() {
    return type + " " + show(shape);
  }

  public static String show(List<Long> shape) {
    return shape.stream()
        .map(d -> d == FREE ? "*" : d.toString())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** For example {@code [pixel_values float32 [*, 3, 224, 224]]}. */
  public static String describe(List<TensorSpec> tensors) {
    return tensors.stream()
        .map(t -> t.name + " " + t.typeAndShape())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
