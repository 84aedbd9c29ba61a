package dev.anvil.diffusion;

import dev.anvil.image.Picture;
import dev.anvil.onnx.Tensor;
import java.nio.FloatBuffer;

/** Pictures as tensors of three planes, and back. */
final class Planes {
  private Planes() {}

  /** {@code value * factor + offset}, values of 0 to 255, as [1, 3, H, W]. */
  static Tensor of(Picture picture, double factor, double offset) {
    Tensor out = Tensor.allocate(1, 3, picture.height(), picture.width());
    byte[] rgb = picture.rgb();
    FloatBuffer data = out.data();
    int area = rgb.length / 3;
    for (int i = 0; i < rgb.length; i++) {
      data.put(i % 3 * area + i / 3, (float) ((rgb[i] & 255) * factor + offset));
    }
    return out;
  }

  /** The picture of [1, 3, H, W] in -1 to 1; halves are rounded to even, as numpy does. */
  static Picture picture(Tensor planes) {
    int area = planes.dim(2) * planes.dim(3);
    FloatBuffer data = planes.data();
    byte[] rgb = new byte[area * 3];
    for (int i = 0; i < rgb.length; i++) {
      float value = data.get(i % 3 * area + i / 3);
      double share = Math.max(0, Math.min(1, value / 2 + .5f));
      rgb[i] = (byte) Math.rint(share * 255);
    }
    return new Picture(planes.dim(3), planes.dim(2), rgb);
  }
}
