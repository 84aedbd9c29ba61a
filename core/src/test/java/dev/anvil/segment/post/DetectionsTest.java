package dev.anvil.segment.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.image.Box;
import dev.anvil.onnx.Tensor;
import dev.anvil.segment.Detection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectionsTest {
  private static final List<Optional<String>> LABELS =
      List.of(Optional.of("person"), Optional.empty(), Optional.of("car"));

  @Test
  void readsBoxesAsFractionsFromTheTopLeft() {
    List<Detection> found = decode(new float[] {0, 0, .75f}, new float[] {.1f, .2f, .5f, .9f});

    assertThat(found).singleElement().returns("car", Detection::label);
    assertThat(found.get(0).score()).isEqualTo(.75);
    Box box = found.get(0).box();
    assertThat(box.left()).isCloseTo(40, within(1e-4));
    assertThat(box.top()).isCloseTo(10, within(1e-4));
    assertThat(box.right()).isCloseTo(180, within(1e-4));
    assertThat(box.bottom()).isCloseTo(50, within(1e-4));
  }

  @Test
  void keepsBoxesWithinThePicture() {
    Box box = decode(new float[] {1, 0, 0}, new float[] {-.2f, -.1f, 1.3f, 1.1f}).get(0).box();
    assertThat(box).isEqualTo(new Box(0, 0, 200, 100));
    assertThat(decode(new float[] {1, 0, 0}, new float[] {.5f, 1.1f, .9f, 1.3f})).isEmpty();
  }

  @Test
  void leavesOutWeakScoresAndClassesWithoutAName() {
    float[] box = {.1f, .1f, .9f, .9f};
    assertThat(decode(new float[] {.29f, .99f, .3f}, box))
        .extracting(Detection::label)
        .containsExactly("car");
  }

  @Test
  void keepsTheBestOfOverlappingBoxesOfOneLabel() {
    List<Detection> found =
        decode(
            new float[] {0, 0, .5f, 0, 0, .9f, 0, 0, .6f, .4f, 0, 0},
            new float[] {
              .1f, .1f, .9f, .9f, // overlaps the next by more than .6
              .1f, .1f, .9f, .85f,
              .1f, .1f, .3f, .3f, // far smaller: another object
              .1f, .1f, .9f, .9f // another label
            });
    assertThat(found)
        .extracting(Detection::score)
        .containsExactly((double) .9f, (double) .6f, (double) .4f);
  }

  @Test
  void givesAtMostSoManyBestFirst() {
    float[] scores = {.4f, 0, 0, .6f, 0, 0, .5f, 0, 0};
    float[] boxes = {0, 0, .2f, .2f, .3f, .3f, .5f, .5f, .6f, .6f, .9f, .9f};
    assertThat(
            Detections.decode(
                Tensor.of(scores, 1, 3, 3), Tensor.of(boxes, 1, 3, 4), LABELS, 9, 9, .3, 2))
        .extracting(Detection::score)
        .containsExactly((double) .6f, (double) .5f);
  }

  @Test
  void oneObjectHasOneLabel() {
    Detection truck = new Detection("truck", .6, new Box(0, 0, 100, 50));
    Detection car = new Detection("car", .8, new Box(5, 5, 100, 50));
    Detection other = new Detection("car", .4, new Box(150, 0, 190, 40));
    Detection person = new Detection("person", .7, new Box(40, 0, 55, 60));
    Detection legs = new Detection("person", .5, new Box(40, 30, 54, 58));

    assertThat(Detections.distinct(List.of(truck, car, other, person, legs)))
        .containsExactly(car, person, other);
  }

  @Test
  void scoresAreShares() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Detection("car", 1.1, new Box(0, 0, 1, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Detection("car", Double.NaN, new Box(0, 0, 1, 1)));
  }

  private static List<Detection> decode(float[] scores, float[] boxes) {
    int anchors = scores.length / 3;
    return Detections.decode(
        Tensor.of(scores, 1, anchors, 3),
        Tensor.of(boxes, 1, anchors, 4),
        LABELS,
        200,
        100,
        .3,
        50);
  }
}
