package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static Mask random(int width, int height, double density) {
    SplittableRandom random = new SplittableRandom(7);
    float[] alpha = new float[width * height];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = random.nextDouble() < density ? 1 : 0;
    }
    return new Mask(width, height, alpha);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2.5, 6})
  void dilatesByAnExactDisc(double radius) {
    Mask mask = random(31, 23, .02);
    Mask dilated = mask.dilated(radius);
    for (int y = 0; y < 23; y++) {
      for (int x = 0; x < 31; x++) {
        boolean near = false;
        for (int v = 0; v < 23; v++) {
          for (int u = 0; u < 31; u++) {
            near |= mask.get(u, v) > 0 && (u - x) * (u - x) + (v - y) * (v - y) <= radius * radius;
          }
        }
        assertThat(dilated.get(x, y)).as("%d, %d", x, y).isEqualTo(near ? 1f : 0f);
      }
    }
  }

  @Test
  void dilatesNothingToNothing() {
    assertThat(Mask.empty(9, 5).dilated(3)).isEqualTo(Mask.empty(9, 5));
    assertThat(Mask.full(9, 5).eroded(3)).isEqualTo(Mask.full(9, 5));
  }

  @Test
  void erodesAndDilatesBackARectangle() {
    Mask box = Masks.ofBox(40, 30, new Box(10, 8, 30, 22));
    assertThat(box.eroded(2).bounds()).contains(new Box(12, 10, 28, 20));
    assertThat(box.dilated(2).bounds()).contains(new Box(8, 6, 32, 24));
  }

  @Test
  void feathersOnlyWithinTheRadius() {
    Mask half = Masks.ofBox(40, 20, new Box(20, 0, 40, 20));
    Mask soft = half.feathered(4);
    for (int x = 0; x < 40; x++) {
      if (x < 20 - 4 || x >= 20 + 4) {
        assertThat(soft.get(x, 10)).as("column %d", x).isCloseTo(half.get(x, 10), within(1e-6f));
      }
      assertThat(soft.get(x, 10)).isBetween(0f, 1f);
      assertThat(x == 0 || soft.get(x, 10) >= soft.get(x - 1, 10) - 1e-6f).isTrue();
    }
    assertThat(soft.get(19, 10)).isCloseTo(.375f, within(1e-5f)); // (1 + 2 + 3) / 16
    assertThat(half.feathered(0)).isSameAs(half);
  }

  @Test
  void coversBoxesInPart() {
    Mask mask = Masks.ofBox(4, 2, new Box(.5, 0, 2.25, 1));
    assertThat(mask.alpha()).containsExactly(.5f, 1, .25f, 0, 0, 0, 0, 0);
  }

  @Test
  void subtractsAndIntersects() {
    Mask a = new Mask(3, 1, new float[] {1, .5f, 0});
    Mask b = new Mask(3, 1, new float[] {.25f, 1, 1});
    assertThat(a.minus(b).alpha()).containsExactly(.75f, 0, 0);
    assertThat(a.intersection(b).alpha()).containsExactly(.25f, .5f, 0);
    assertThat(a.threshold(.4).alpha()).containsExactly(1, 1, 0);
  }

  @Test
  void goesThroughAGreyPicture() {
    Mask mask = new Mask(3, 1, new float[] {0, 51 / 255f, 1});
    assertThat(Mask.ofGrey(mask.toPicture())).isEqualTo(mask);
  }

  @Test
  void keepsItsCoverageWhenResized() {
    Mask box = Masks.ofBox(64, 48, new Box(16, 12, 48, 36));
    assertThat(box.resized(20, 11).coverage()).isCloseTo(box.coverage(), within(.01));
  }
}
