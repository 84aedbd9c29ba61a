package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlinesTest {
  private static final int SIDE = 100;

  @TempDir Path folder;

  private Path outline(String name, int width, int height, Polygon shape) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.createGraphics().fill(shape);
    Path file = folder.resolve(name + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** A wedge of 40 x 20, high on its left. */
  private static Polygon wedge() {
    return new Polygon(new int[] {0, 40, 0}, new int[] {0, 20, 20}, 3);
  }

  private static Polygon block(int width, int height) {
    return new Polygon(new int[] {0, width, width, 0}, new int[] {0, 0, height, height}, 4);
  }

  /** A wedge of 60 x 30 pixels that is high on its right. */
  private static Mask highOnItsRight() {
    float[] alpha = new float[SIDE * SIDE];
    for (int y = 40; y < 70; y++) {
      for (int x = 20; x < 80; x++) {
        alpha[y * SIDE + x] = x - 20 >= 2 * (70 - y) ? 1 : 0;
      }
    }
    return new Mask(SIDE, SIDE, alpha);
  }

  @Test
  void takesTheViewMostLikeTheElementAndMirrorsItIfNeedBe() throws IOException {
    Outlines outlines =
        new Outlines(
            List.of(outline("block", 41, 20, block(40, 20)), outline("wedge", 40, 20, wedge())));

    assertThat(outlines.like(highOnItsRight()).iou(highOnItsRight())).isGreaterThan(.9);
  }

  @Test
  void isAsWideAsTheElementAndStandsOnTheSameLine() throws IOException {
    Outlines tall = new Outlines(List.of(outline("tall", 21, 20, block(20, 20))));

    assertThat(tall.like(highOnItsRight()).bounds()).contains(new Box(22, 12, 80, 70));
  }

  @Test
  void whatIsTransparentAroundAnOutlineDoesNotCount() throws IOException {
    Polygon inside = block(20, 20);
    inside.translate(30, 5);
    Outlines tall = new Outlines(List.of(outline("wide", 90, 40, inside)));

    assertThat(tall.like(highOnItsRight()).bounds()).contains(new Box(22, 12, 80, 70));
  }

  @Test
  void aPictureThatIsOpaqueOrTransparentAllOverIsNoOutline() throws IOException {
    Path opaque = outline("opaque", 20, 20, block(20, 20));
    Path empty = outline("empty", 20, 20, block(0, 0));

    assertThatThrownBy(() -> new Outlines(List.of(opaque)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("opaque.png")
        .hasMessageContaining("opaque all over; expected an outline");
    assertThatThrownBy(() -> new Outlines(List.of(empty)))
        .hasMessageContaining("found a picture that is transparent; expected an outline");
  }

  @Test
  void aPersonIsAsTallAsTheirPlaceAndStandsInItsMiddle() throws IOException {
    Outlines people = new Outlines(List.of(outline("person", 11, 40, block(10, 40))));
    Box place = new Box(50, 20, 90, 60);
    Mask person = people.any(place.height(), new SplittableRandom(1));

    assertThat(Outlines.laid(person, place, Mask.empty(SIDE, SIDE)).bounds())
        .contains(new Box(65, 20, 75, 60));
  }

  @Test
  void whatTheOldOutlineHidBecomesWhatIsBesideIt() {
    Mask car = Masks.ofBox(SIDE, SIDE, new Box(20, 30, 80, 70));
    Mask low = Masks.ofBox(SIDE, SIDE, new Box(20, 60, 80, 70));
    Box whole = new Box(0, 0, SIDE, SIDE);
    Mask sky = Masks.ofBox(SIDE, SIDE, new Box(0, 0, SIDE, 50)).minus(car);
    Mask earth = Masks.ofBox(SIDE, SIDE, new Box(0, 50, SIDE, SIDE)).minus(car);
    Segmentation before =
        new Segmentation(
            List.of(
                new Element("sky", 1, whole, sky, false),
                new Element("car", 1, whole, car),
                new Element("earth", 1, whole, earth, false)));

    Segmentation after = Outlines.replacing(before, car, low);

    assertThat(after.find("car").orElseThrow().mask()).isEqualTo(low);
    assertThat(after.find("sky").orElseThrow().mask())
        .isEqualTo(Masks.ofBox(SIDE, SIDE, new Box(0, 0, SIDE, 50)));
    assertThat(after.find("earth").orElseThrow().mask())
        .isEqualTo(Masks.ofBox(SIDE, SIDE, new Box(0, 50, SIDE, SIDE)).minus(low));
  }
}
