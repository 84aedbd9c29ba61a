package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CannyTest {
  /** A light ground, a dark box on it and a lighter one in the box, 96 x 64. */
  private static Picture drawing() {
    byte[] rgb = new byte[96 * 64 * 3];
    for (int i = 0; i < 96 * 64; i++) {
      int x = i % 96;
      int y = i / 96;
      boolean box = x >= 30 && x < 70 && y >= 20 && y < 50;
      boolean light = x >= 40 && x < 60 && y >= 28 && y < 36;
      rgb[i * 3] = (byte) (light ? 220 : box ? 40 : 200);
      rgb[i * 3 + 1] = (byte) (light ? 220 : box ? 60 : 190);
      rgb[i * 3 + 2] = (byte) (light ? 220 : box ? 160 : 30);
    }
    return new Picture(96, 64, rgb);
  }

  /** Python's cv2 5.0: cv2.Canny(cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY), 100, 200). */
  @Test
  void findsTheEdgesThatPythonsOpenCvFinds() {
    Mask edges = Canny.edges(drawing(), 100, 200);

    assertThat(edges.coverage() * 96 * 64).isCloseTo(188, within(.01));
    assertThat(edges.get(31, 19)).isEqualTo(1);
    assertThat(edges.get(34, 19)).isEqualTo(1);
    assertThat(edges.get(5, 5)).isZero();
  }

  @Test
  void findsNothingOnAPlainGround() {
    assertThat(Canny.edges(new Picture(32, 32, new byte[32 * 32 * 3]), 100, 200).coverage())
        .isZero();
  }
}
