package dev.anvil.onnx;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A float32 array of any rank, row-major.
 *
 * @param data the values from its start to its limit; a direct buffer in native order is given to
 *     the runtime without a copy
 * @param shape the length of each dimension; empty for a scalar
 */
public record Tensor(FloatBuffer data, List<Long> shape) {
  public Tensor {
    requireNonNull(data, "data is null");
    shape = List.copyOf(shape);
    long size = size(shape);
    if (data.limit() != size) {
      throw new IllegalArgumentException(
          "found %d values; expected %d for shape %s".formatted(data.limit(), size, shape));
    }
  }

  /** Zeros in a direct buffer. */
  public static Tensor allocate(long... shape) {
    List<Long> dimensions = Arrays.stream(shape).boxed().toList();
    return new Tensor(direct(Math.toIntExact(size(dimensions))), dimensions);
  }

  /** Copies values into a direct buffer. */
  public static Tensor of(float[] values, long... shape) {
    FloatBuffer data = direct(values.length).put(values).rewind();
    return new Tensor(data, Arrays.stream(shape).boxed().toList());
  }

  /** A direct buffer in native order. */
  public static FloatBuffer direct(int size) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Length of one dimension. */
  public int dim(int axis) {
    return Math.toIntExact(shape.get(axis));
  }

  /** A copy of the values. */
  public float[] toArray() {
    float[] out = new float[data.limit()];
    data.get(0, out);
    return out;
  }

  private static long size(List<Long> shape) {
    long size = 1;
    for (long d : shape) {
      if (d < 0) {
        throw new IllegalArgumentException("found negative length in shape " + shape);
      }
      size = Math.multiplyExact(size, d);
    }
    return size;
  }
}
