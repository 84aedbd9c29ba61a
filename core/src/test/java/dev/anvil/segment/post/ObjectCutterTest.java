package dev.anvil.segment.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectCutterTest {
  private static final Outline OUTLINE = Outline.of("car");

  @ParameterizedTest
  @ValueSource(ints = {40, 160, 700})
  void findsTheOutlineOfASimpleObjectAtAnySize(int side) {
    Picture picture = disc(side);
    Box box = new Box(.25 * side, .25 * side, .75 * side, .75 * side);

    ObjectCutter.Cut cut = ObjectCutter.cut(picture, box, OUTLINE);

    assertThat(cut.isCut()).isTrue();
    assertThat(cut.mask().iou(truth(side))).isGreaterThan(.93);
    assertThat(cut.mask().get(0, 0)).isZero();
  }

  @Test
  void fallsBackToTheUsualOutlineWhereColoursTellNothing() {
    Picture even = new Picture(100, 100, new byte[30000]);
    ObjectCutter.Cut cut = ObjectCutter.cut(even, new Box(20, 30, 80, 70), OUTLINE);

    assertThat(cut.isCut()).isFalse();
    assertThat(cut.mask().get(50, 50)).isEqualTo(1);
    assertThat(cut.mask().get(21, 31)).isZero();
    assertThat(cut.mask().coverage()).isBetween(.2, .24);
  }

  @Test
  void takesABoxThatFillsThePicture() {
    ObjectCutter.Cut cut = ObjectCutter.cut(disc(64), new Box(0, 0, 64, 64), OUTLINE);
    assertThat(cut.mask().width()).isEqualTo(64);
    assertThat(cut.mask().coverage()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 1 1", "99 99 100 100", "3 0 4.5 100", "0 50 100 51"})
  void takesTheSmallestBoxes(String text) {
    double[] b = List.of(text.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
    Box box = new Box(b[0], b[1], b[2], b[3]);
    assertThat(ObjectCutter.cut(disc(100), box, OUTLINE).mask().width()).isEqualTo(100);
  }

  @Test
  void givesEqualMasksFromSeveralThreadsAtOnce() {
    Picture picture = disc(120);
    Box box = new Box(28, 28, 92, 92);
    Mask alone = ObjectCutter.cut(picture, box, OUTLINE).mask();
    assertThat(
            IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> ObjectCutter.cut(picture, box, OUTLINE).mask())
                .toList())
        .allMatch(alone::equals);
  }

  @Test
  void masksHaveStepsOfOne255th() {
    for (float a : ObjectCutter.cut(disc(120), new Box(28, 28, 92, 92), OUTLINE).mask().alpha()) {
      assertThat(a).isEqualTo(Math.round(a * 255) / 255f);
    }
  }

  /** A red disc on a green ground, both noisy. */
  private static Picture disc(int side) {
    SplittableRandom random = new SplittableRandom(7);
    byte[] rgb = new byte[side * side * 3];
    float[] truth = truth(side).alpha();
    for (int i = 0; i < truth.length; i++) {
      rgb[3 * i] = (byte) ((truth[i] > 0 ? 180 : 60) + random.nextInt(30));
      rgb[3 * i + 1] = (byte) ((truth[i] > 0 ? 40 : 120) + random.nextInt(30));
      rgb[3 * i + 2] = (byte) (50 + random.nextInt(30));
    }
    return new Picture(side, side, rgb);
  }

  private static Mask truth(int side) {
    float[] alpha = new float[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double distance = Math.hypot(x + .5 - side / 2.0, y + .5 - side / 2.0);
        alpha[y * side + x] = distance < side / 4.0 ? 1 : 0;
      }
    }
    return new Mask(side, side, alpha);
  }
}
