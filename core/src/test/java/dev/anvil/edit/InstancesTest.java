package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two red boxes and a blue one: all cars, the larger red one first. */
class InstancesTest {
  private static final Box LARGE = new Box(4, 4, 28, 28);
  private static final Box SMALL = new Box(40, 4, 56, 20);

  private static Picture picture() {
    byte[] rgb = new byte[64 * 32 * 3];
    for (int i = 0; i < 64 * 32; i++) {
      int x = i % 64;
      int y = i / 64;
      boolean large = x >= 4 && x < 28 && y >= 4 && y < 28;
      boolean small = x >= 40 && x < 56 && y >= 4 && y < 20;
      int[] colour =
          large
              ? new int[] {180 - y, 30, 30}
              : small ? new int[] {30, 40, 190 - y} : new int[] {120, 120, 110};
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) colour[c];
      }
    }
    return new Picture(64, 32, rgb);
  }

  private static Segmentation elements() {
    return Segmentation.of(
        64,
        32,
        List.of(
            new Element("car", .9, LARGE, Masks.ofBox(64, 32, LARGE)),
            new Element("truck", .9, SMALL, Masks.ofBox(64, 32, SMALL))));
  }

  private static Edited recoloured(String... labels) {
    Recolor yellow = new Recolor("e0b23a");
    Mask mask = yellow.maskIn(elements(), List.of(labels)).orElseThrow();
    return yellow.edit(new EditRequest(picture(), elements(), mask, 1), RunContext.NONE);
  }

  @Test
  void allElementsOfTheLabelsAreEdited() {
    Edited edited = recoloured("car", "truck");
    assertThat(edited.changed().get(16, 16)).isGreaterThan(.9f);
    assertThat(edited.changed().get(48, 12)).isGreaterThan(.9f);
    assertThat(edited.picture().get(48, 12, 0)).isGreaterThan(edited.picture().get(48, 12, 2));
  }

  @Test
  void onlyTheLargestIsEditedWhereThatIsAsked() {
    Edited edited = recoloured("largest", "car", "truck");
    assertThat(edited.changed().get(16, 16)).isGreaterThan(.9f);
    assertThat(edited.changed().get(48, 12)).isZero();
  }

  @Test
  void aFigureIsPutBesideOneElement() {
    assertThat(
            new InsertCutout("none", "person", List.of())
                .maskIn(elements(), List.of("car", "truck")))
        .contains(elements().elements().get(0).mask());
  }
}
