package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.Size;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static Picture ramp(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % width + i / 3 / width);
    }
    return new Picture(width, height, rgb);
  }

  @Test
  void shiftsASquareIntoThePicture() {
    Picture picture = ramp(100, 60);
    assertThat(Window.square(new Box(90, 10, 100, 30), 2, 8, picture))
        .isEqualTo(new Box(60, 0, 100, 40));
    assertThat(Window.square(new Box(40, 10, 80, 30), 2, 8, picture))
        .isEqualTo(new Box(20, 0, 100, 60));
    assertThat(Window.square(new Box(50, 30, 52, 32), 2, 16, picture))
        .isEqualTo(new Box(43, 23, 59, 39));
  }

  @Test
  void roundsACanvasUpToWhatNetworksTake() {
    assertThat(Window.canvas(new Box(0, 0, 1000, 667), 768, 8)).isEqualTo(new Size(768, 520));
    assertThat(Window.canvas(new Box(0, 0, 512, 512), 512, 8)).isEqualTo(new Size(512, 512));
    assertThat(Window.canvas(new Box(0, 0, 1000, 3), 768, 8)).isEqualTo(new Size(768, 8));
  }

  @Test
  void mirrorsWhatTheCanvasHasMoreThanThePart() {
    Picture picture = ramp(4, 2);
    Picture view = Window.of(Window.whole(picture), new Size(4, 7)).view(picture);
    int[] column = new int[7];
    for (int y = 0; y < 7; y++) {
      column[y] = view.get(1, y, 0);
    }
    assertThat(column).containsExactly(1, 2, 2, 1, 1, 2, 2);
  }

  @Test
  void leavesNothingOpenWhereTheCanvasMirrors() {
    Mask mask = Mask.full(4, 2);
    Mask view = Window.of(new Box(0, 0, 4, 2), new Size(4, 4)).view(mask);
    assertThat(view.get(3, 1)).isEqualTo(1);
    assertThat(view.get(3, 2)).isZero();
  }

  @Test
  void laysAPartBackWhereItWas() {
    Picture picture = ramp(40, 30);
    Window window = Window.of(new Box(8, 4, 24, 20), new Size(16, 16));
    assertThat(window.back(window.view(picture), picture)).isEqualTo(picture);
    Picture enlarged = ramp(40, 30);
    Window twice = Window.of(new Box(8, 4, 24, 20), new Size(32, 40));
    Picture back = twice.back(twice.view(enlarged), enlarged);
    assertThat(back.get(0, 0, 0)).isEqualTo(enlarged.get(0, 0, 0));
    assertThat(back.get(16, 12, 0)).isBetween(27, 29);
  }
}
