package dev.anvil.diffusion;

import dev.anvil.onnx.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Batches of tensors, put together and taken apart along an axis. */
final class Rows {
  private Rows() {}

  /** Tensors of equal shape one after the other along their first axis. */
  static Tensor stacked(List<Tensor> rows) {
    long count = rows.stream().mapToLong(r -> r.shape().get(0)).sum();
    FloatBuffer data = Tensor.direct(rows.stream().mapToInt(r -> r.data().limit()).sum());
    rows.forEach(r -> data.put(r.data().duplicate().rewind()));
    return new Tensor(data.rewind(), withFirst(rows.get(0).shape(), count));
  }

  /** The same tensor {@code times} times along its first axis. */
  static Tensor repeated(Tensor row, int times) {
    return stacked(Collections.nCopies(times, row));
  }

  /** Some entries of the first axis; past the last one it is repeated. */
  static Tensor part(Tensor all, int from, int count) {
    List<Tensor> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      rows.add(row(all, Math.min(i, all.dim(0) - 1)));
    }
    return stacked(rows);
  }

  /** One entry of the first axis, which becomes 1. */
  static Tensor row(Tensor all, int index) {
    int size = all.data().limit() / all.dim(0);
    return new Tensor(
        all.data().duplicate().rewind().slice(index * size, size), withFirst(all.shape(), 1));
  }

  /** A tensor with one more axis before all others. */
  static Tensor under(long count, Tensor tensor) {
    List<Long> shape = new ArrayList<>(tensor.shape());
    shape.add(0, count);
    shape.set(1, tensor.shape().get(0) / count);
    return new Tensor(tensor.data().duplicate().rewind(), shape);
  }

  private static List<Long> withFirst(List<Long> shape, long first) {
    List<Long> out = new ArrayList<>(shape);
    out.set(0, first);
    return out;
  }
}
