package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.segment.Segmentation;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditCheckTest {
  private final Editor red = new Recolor("ff0000");

  private static Picture plain(int red, int green, int blue) {
    byte[] rgb = new byte[20 * 20 * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) green;
      rgb[i + 2] = (byte) blue;
    }
    return new Picture(20, 20, rgb);
  }

  private static EditRequest request(Picture source, Mask mask) {
    return new EditRequest(source, new Segmentation(List.of()), mask, 1);
  }

  private static Mask half() {
    return Masks.ofBox(20, 20, new Box(0, 0, 10, 20));
  }

  @Test
  void measuresTheDistanceToTheColourBeforeAndAfter() {
    EditRequest request = request(plain(255, 255, 255), half());
    Edited edited = PasteBack.paste(request.source(), plain(255, 0, 0), half());
    EditCheck check = EditCheck.of(red, request, edited);
    assertThat(check.valid()).isTrue();
    assertThat(check.changedShare()).isEqualTo(.5);
    assertThat(check.colour().orElseThrow().after()).isCloseTo(0, within(1e-6));
    assertThat(check.colour().orElseThrow().before())
        .isCloseTo(OkLab.ofHex("ffffff").distance(OkLab.ofHex("ff0000")), within(1e-6));
  }

  @Test
  void saysThatTheColourWasNotReached() {
    EditRequest request = request(plain(255, 255, 255), half());
    Edited edited = PasteBack.paste(request.source(), plain(250, 240, 240), half());
    assertThat(EditCheck.of(red, request, edited).reasons())
        .singleElement()
        .asString()
        .startsWith("colour not reached");
  }

  @Test
  void measuresChangesOutsideTheRegion() {
    EditRequest request = request(plain(255, 255, 255), half());
    byte[] rgb = PasteBack.paste(request.source(), plain(255, 0, 0), half()).picture().rgb();
    rgb[rgb.length - 1] = (byte) (rgb[rgb.length - 1] - 30);
    EditCheck check = EditCheck.of(red, request, new Edited(new Picture(20, 20, rgb), half()));
    assertThat(check.outsideMax()).isEqualTo(30);
    assertThat(check.outsideShare()).isEqualTo(1 / 200.0);
    assertThat(check.outsideMean()).isCloseTo(30 / 600.0, within(1e-9));
    assertThat(check.reasons()).singleElement().asString().contains("differ by up to 30");
  }

  @Test
  void refusesEmptyAndTinyMasksAndEditsWithoutEffect() {
    Picture white = plain(255, 255, 255);
    Edited same = new Edited(white, Mask.empty(20, 20));
    assertThat(EditCheck.of(new Remove(), request(white, Mask.empty(20, 20)), same).reasons())
        .containsExactly("the mask is empty", "nothing changed");
    Mask tiny = Masks.ofBox(20, 20, new Box(0, 0, 1, 1));
    assertThat(EditCheck.of(new Remove(), request(white, tiny), same).reasons())
        .containsExactly("the mask covers only 0.25 % of the picture", "nothing changed");
    assertThat(EditCheck.of(new NullEdit(), request(white, tiny), same).valid()).isTrue();
  }

  @Test
  void refusesARepaintOfASmallPartOfTheElement() {
    EditRequest request = request(plain(255, 255, 255), Mask.full(20, 20));
    Mask corner = Masks.ofBox(20, 20, new Box(0, 0, 4, 10));
    Edited edited = PasteBack.paste(request.source(), plain(255, 0, 0), corner);
    assertThat(EditCheck.of(red, request, edited).reasons())
        .containsExactly("paint found on only 10.0 % of the element");
  }
}
