package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.Segmenter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemovalTest {
  /** Finds the drawn scene's person, and a second one, where their trousers are. */
  private static final class FindsTrousers implements Segmenter {
    @Override
    public String id() {
      return "trousers";
    }

    @Override
    public Segmentation segment(Picture picture, RunContext context) {
      List<Element> found = new ArrayList<>();
      for (Box place : List.of(Scene.PERSON, SECOND)) {
        int x = (int) (place.left() + place.right()) / 2;
        if (picture.get(x, 85, 0) == 0x30 && picture.get(x, 85, 2) == 0x30) {
          found.add(
              new Element(
                  "person", .9, place, Masks.ofBox(picture.width(), picture.height(), place)));
        }
      }
      return Segmentation.of(picture.width(), picture.height(), found);
    }

    @Override
    public void close() {}
  }

  private static final Box SECOND = new Box(134, 46, 144, 92);
  private static final Segmenter SEGMENTER = new FindsTrousers();

  private static EditRequest scene() {
    return Scene.aimedAt(Scene.request("b81c1c", true, 1), "person");
  }

  private static EditCheck check(EditRequest request, Edited edited) {
    return EditCheck.of(new Remove(), request, edited, SEGMENTER, RunContext.NONE);
  }

  /** The source, with so much of an edit laid over it. */
  private static Edited mixed(EditRequest request, Edited edited, double share) {
    float[] alpha = edited.changed().alpha().clone();
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] *= (float) share;
    }
    Picture mixed =
        PasteBack.paste(
                request.source(), edited.picture(), new Mask(Scene.WIDTH, Scene.HEIGHT, alpha))
            .picture();
    return new Edited(mixed, edited.changed());
  }

  private static Edited filled(EditRequest request, Picture with) {
    return PasteBack.paste(request.source(), with, request.mask().dilated(2));
  }

  @Test
  void aCleanRemovalPasses() {
    EditRequest request = scene();
    Picture truth = Scene.request("b81c1c", false, 1).source();
    assertThat(check(request, filled(request, truth)).reasons()).isEmpty();
    assertThat(check(request, new Remove().edit(request, RunContext.NONE)).reasons()).isEmpty();
  }

  @Test
  void aSecondPersonStillThereFails() {
    EditRequest one = scene();
    Picture both = one.source().with(one.source().crop(116, 46, 10, 46), 134, 46);
    EditRequest request = new EditRequest(both, one.elements(), one.mask(), 1);
    Edited edited = new Remove().edit(request, RunContext.NONE);
    assertThat(check(request, edited).reasons())
        .containsExactly("person not removed: 1 still found afterwards");
  }

  @Test
  void aPersonThatWasToStayMayStay() {
    EditRequest one = scene();
    Picture both = one.source().with(one.source().crop(116, 46, 10, 46), 134, 46);
    EditRequest request = new EditRequest(both, SEGMENTER.segment(both), one.mask(), 1);
    Edited edited = new Remove().edit(request, RunContext.NONE);
    assertThat(check(request, edited).reasons()).isEmpty();
  }

  @Test
  void aGhostFails() {
    EditRequest request = scene();
    Edited edited = new Remove().edit(request, RunContext.NONE);
    for (double share : new double[] {.5, .7, .85}) {
      assertThat(check(request, mixed(request, edited, share)).reasons())
          .as("%s removed", share)
          .anyMatch(r -> r.startsWith("what was removed shines through"));
    }
  }

  @Test
  void aSeamFails() {
    EditRequest request = scene();
    byte[] rgb = Scene.request("b81c1c", false, 1).source().rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.min(255, (rgb[i] & 255) + 50);
    }
    Edited bright = filled(request, new Picture(Scene.WIDTH, Scene.HEIGHT, rgb));
    assertThat(check(request, bright).reasons()).anyMatch(r -> r.startsWith("a seam shows"));
  }

  @Test
  void aFlatFillFails() {
    EditRequest request = scene();
    byte[] rgb = new byte[Scene.WIDTH * Scene.HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      boolean sky = i / 3 / Scene.WIDTH < 56;
      rgb[i] = (byte) (sky ? new int[] {150, 190, 230} : new int[] {127, 111, 87})[i % 3];
    }
    Edited flat = filled(request, new Picture(Scene.WIDTH, Scene.HEIGHT, rgb));
    assertThat(check(request, flat).reasons())
        .anyMatch(r -> r.startsWith("the filled place is blurred"));
  }
}
