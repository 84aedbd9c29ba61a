package dev.anvil.diffusion;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.image.Canny;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import dev.anvil.onnx.Tensor;
import dev.anvil.segment.Element;
import dev.anvil.segment.LabelSet;
import dev.anvil.segment.Segmentation;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * A picture as a ControlNet takes it (docs/model-contracts.md section 6.4).
 *
 * @param planes [1, 3, H, W], red, green, blue of 0 to 1; -1 where an inpainting condition is
 *     masked
 */
public record Condition(Tensor planes) {
  /** Thresholds of the edges that ControlNet was trained on. */
  private static final double WEAK_EDGE = 100;

  private static final double STRONG_EDGE = 200;

  public Condition {
    requireNonNull(planes, "planes is null");
    if (planes.shape().size() != 4 || planes.dim(0) != 1 || planes.dim(1) != 3) {
      throw new IllegalArgumentException(
          "found shape %s; expected [1, 3, H, W]".formatted(planes.shape()));
    }
  }

  /** A condition picture as it is, resized as diffusers does. */
  public static Condition of(Picture picture, int width, int height) {
    return new Condition(
        planes(PilResize.resize(picture, width, height, PilResize.Filter.LANCZOS)));
  }

  /**
   * The elements in the colours of ADE20K; black where no element of that vocabulary is. Smaller
   * elements lie over larger ones.
   */
  public static Condition segments(Segmentation elements, int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    elements.elements().stream()
        .sorted(Comparator.comparingDouble(e -> -e.mask().coverage()))
        .forEach(e -> paint(e, rgb, width, height));
    return new Condition(planes(new Picture(width, height, rgb)));
  }

  private static void paint(Element element, byte[] rgb, int width, int height) {
    OptionalInt colour =
        LabelSet.ADE20K.byName(element.label()).map(l -> l.colour()).orElse(OptionalInt.empty());
    Mask mask = element.mask();
    for (int i = 0; i < width * height && colour.isPresent(); i++) {
      int x = (int) ((long) (i % width) * mask.width() / width);
      int y = (int) ((long) (i / width) * mask.height() / height);
      if (mask.get(x, y) > .5f) {
        rgb[i * 3] = (byte) (colour.getAsInt() >> 16);
        rgb[i * 3 + 1] = (byte) (colour.getAsInt() >> 8);
        rgb[i * 3 + 2] = (byte) colour.getAsInt();
      }
    }
  }

  /** White edges on black. */
  public static Condition edges(Picture picture, int width, int height) {
    Picture resized = PilResize.resize(picture, width, height, PilResize.Filter.LANCZOS);
    return new Condition(planes(Canny.edges(resized, WEAK_EDGE, STRONG_EDGE).toPicture()));
  }

  /** How near each pixel is, white the nearest. */
  public static Condition depth(
      DepthNetwork network, Picture picture, int width, int height, RunContext context) {
    return of(network.nearness(picture, context).toPicture(), width, height);
  }

  /** The picture without what is to be painted anew. */
  public static Condition inpaint(Picture picture, Mask mask, int width, int height) {
    Tensor planes = planes(PilResize.resize(picture, width, height, PilResize.Filter.LANCZOS));
    FloatBuffer data = planes.data();
    float[] masked = InpaintMask.of(mask, width, height);
    for (int i = 0; i < data.limit(); i++) {
      if (masked[i % masked.length] > .5f) {
        data.put(i, -1);
      }
    }
    return new Condition(planes);
  }

  private static Tensor planes(Picture picture) {
    return Planes.of(picture, 1 / 255., 0);
  }

  /** Width and height in pixels. */
  List<Integer> size() {
    return List.of(planes.dim(3), planes.dim(2));
  }

  /** The beginning of the SHA-256 of its values. */
  String digest() {
    ByteBuffer bytes = ByteBuffer.allocate(planes.data().limit() * Float.BYTES);
    bytes.asFloatBuffer().put(planes.data().duplicate().rewind());
    return Sha256.of(bytes.array()).substring(0, 16);
  }
}
