package dev.anvil.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.Box;
import dev.anvil.image.Masks;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationTest {
  private static final Segmentation STREET =
      Segmentation.of(
          20,
          10,
          List.of(
              element("sky", new Box(0, 0, 20, 4), false),
              element("house", new Box(0, 4, 10, 8), false),
              element("car", new Box(12, 6, 18, 9), true)));

  private static Element element(String label, Box box, boolean isThing) {
    return new Element(label, 1, box, Masks.ofBox(20, 10, box), isThing);
  }

  private static double background(Segmentation elements) {
    return elements.find(Segmentation.BACKGROUND).orElseThrow().mask().coverage();
  }

  @Test
  void theBackgroundIsWhatNoThingCovers() {
    assertThat(background(STREET)).isEqualTo((200 - 18) / 200.);
  }

  @Test
  void aCampaignsMainElementIsNoBackground() {
    Segmentation houses = STREET.about(Subject.of("house"));
    assertThat(background(houses)).isEqualTo((200 - 18 - 40) / 200.);
    assertThat(houses.find("house").orElseThrow().isThing()).isTrue();
    assertThat(houses.find("sky").orElseThrow().isThing()).isFalse();
    assertThat(houses.elements()).hasSameSizeAs(STREET.elements());
  }

  @Test
  void aSubjectThatIsAThingChangesNothing() {
    assertThat(STREET.about(Subject.of("car"))).isEqualTo(STREET);
  }
}
