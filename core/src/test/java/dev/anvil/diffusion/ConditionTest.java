package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import dev.anvil.onnx.Tensor;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/model-contracts.md sections 5.5 and 6.4. */
class ConditionTest {
  /** docs/model-contracts.md section 1.3, at 101 x 67. */
  private static Picture synthetic() {
    byte[] rgb = new byte[101 * 67 * 3];
    for (int y = 0, o = 0; y < 67; y++) {
      for (int x = 0; x < 101; x++, o += 3) {
        rgb[o] = (byte) (7 * x + 3 * y);
        rgb[o + 1] = (byte) ((5 * x) ^ (11 * y));
        rgb[o + 2] = (byte) (x * y);
      }
    }
    return new Picture(101, 67, rgb);
  }

  @Test
  void resizesPicturesAsDiffusersDoes() {
    assertThat(mean(Condition.of(synthetic(), 96, 64).planes())).isCloseTo(.492308, within(1e-6));
    Tensor start =
        Planes.of(PilResize.resize(synthetic(), 96, 64, PilResize.Filter.LANCZOS), 2 / 255., -1);
    assertThat(mean(start)).isCloseTo(-.015383, within(1e-6));
    assertThat(start.data().get(0)).isEqualTo(-1);
    assertThat(start.data().get(1)).isCloseTo(-.9451f, within(1e-4f));
    assertThat(start.data().get(2)).isCloseTo(-.88235f, within(1e-4f));
  }

  @Test
  void roundsHalvesToEvenWhenDecoding() {
    float[] values = {-1.2f, -1, -.5f, 0, .3f, .999f, 1.4f};
    float[] planes = new float[21];
    System.arraycopy(values, 0, planes, 0, 7);
    Picture picture = Planes.picture(Tensor.of(planes, 1, 3, 1, 7));

    assertThat(IntStream.range(0, 7).map(x -> picture.get(x, 0, 0)))
        .containsExactly(0, 0, 64, 128, 166, 255, 255);
  }

  @Test
  void takesTheMaskOfALatentFromItsFirstPixel() {
    Mask mask = Masks.ofBox(96, 64, new Box(20, 10, 61, 40));
    float[] pixels = InpaintMask.of(mask, 96, 64);
    float[] latents = InpaintMask.latent(pixels, 96, 64);

    assertThat(sum(pixels)).isEqualTo(1230);
    for (int i = 0; i < latents.length; i++) {
      boolean inside = i / 12 >= 2 && i / 12 <= 4 && i % 12 >= 3 && i % 12 <= 7;
      assertThat(latents[i]).isEqualTo(inside ? 1 : 0);
    }
  }

  @Test
  void paintsElementsInTheColoursOfAde20k() {
    Mask road = Masks.ofBox(32, 32, new Box(0, 16, 32, 32));
    Mask car = Masks.ofBox(32, 32, new Box(8, 20, 16, 28));
    Segmentation elements =
        new Segmentation(
            List.of(
                new Element("car", 1, new Box(8, 20, 16, 28), car),
                new Element("road", 1, new Box(0, 16, 32, 32), road)));
    Tensor planes = Condition.segments(elements, 64, 64).planes();

    // docs/model-contracts.md Appendix A: car 0 102 200, road 140 140 140
    assertThat(pixel(planes, 20, 50)).containsExactly(0, 102, 200);
    assertThat(pixel(planes, 60, 50)).containsExactly(140, 140, 140);
    assertThat(pixel(planes, 60, 10)).containsExactly(0, 0, 0);
  }

  @Test
  void marksWhatIsPaintedAnewWithMinusOne() {
    Picture grey = new Picture(64, 64, new byte[64 * 64 * 3]);
    Mask mask = Masks.ofBox(64, 64, new Box(0, 0, 32, 64));
    Tensor planes = Condition.inpaint(grey, mask, 64, 64).planes();

    assertThat(pixel(planes, 10, 10)).containsExactly(-255, -255, -255);
    assertThat(pixel(planes, 50, 10)).containsExactly(0, 0, 0);
  }

  @Test
  void drawsEdgesWhiteOnBlack() {
    byte[] rgb = new byte[64 * 64 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % 64 < 32 ? 20 : 220);
    }
    Tensor planes = Condition.edges(new Picture(64, 64, rgb), 64, 64).planes();

    assertThat(sum(planes.toArray())).isEqualTo(64 * 3);
    assertThat(pixel(planes, 31, 30)).containsExactly(255, 255, 255);
  }

  private static int[] pixel(Tensor planes, int x, int y) {
    int area = planes.dim(2) * planes.dim(3);
    return IntStream.range(0, 3)
        .map(c -> Math.round(planes.data().get(c * area + y * planes.dim(3) + x) * 255))
        .toArray();
  }

  private static double mean(Tensor tensor) {
    return sum(tensor.toArray()) / tensor.data().limit();
  }

  private static double sum(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
  }
}
