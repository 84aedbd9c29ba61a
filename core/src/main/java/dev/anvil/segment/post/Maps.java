package dev.anvil.segment.post;

import static java.util.Objects.requireNonNull;

import dev.anvil.onnx.Tensor;

/**
 * Planes of equal size, such as a network's mask logits: one for each query or class.
 *
 * @param values planes one after the other, each row by row from the top
 */
public record Maps(int count, int height, int width, float[] values) {
  public Maps {
    requireNonNull(values, "values is null");
    if (height < 1 || width < 1 || values.length != count * height * width) {
      throw new IllegalArgumentException(
          "found %d values; expected %d x %d x %d".formatted(values.length, count, height, width));
    }
  }

  /** The last three dimensions of a tensor of one picture, [1, count, height, width]. */
  public static Maps of(Tensor tensor) {
    int rank = tensor.shape().size();
    return new Maps(
        tensor.dim(rank - 3), tensor.dim(rank - 2), tensor.dim(rank - 1), tensor.toArray());
  }

  /** Values of a plane. */
  public int area() {
    return height * width;
  }

  /** Where a plane begins. */
  public int offset(int plane) {
    return plane * area();
  }

  /** Every plane interpolated to another size. */
  Maps resized(int newWidth, int newHeight) {
    Bilinear bilinear = new Bilinear(width, height, newWidth, newHeight);
    float[] out = new float[Math.multiplyExact(count, newWidth * newHeight)];
    for (int k = 0; k < count; k++) {
      bilinear.resize(values, offset(k), out, k * newWidth * newHeight);
    }
    return new Maps(count, newHeight, newWidth, out);
  }

  /** One plane, each logit turned into a probability. */
  float[] probabilities(int plane) {
    float[] out = new float[area()];
    for (int i = 0, from = offset(plane); i < out.length; i++) {
      out[i] = sigmoid(values[from + i]);
    }
    return out;
  }

  /** The logistic function. */
  public static float sigmoid(float logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }
}
