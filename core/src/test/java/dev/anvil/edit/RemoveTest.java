package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.image.OkLab;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoveTest extends EditorContract {
  @Override
  Editor editor() {
    return new Remove();
  }

  @Override
  List<EditRequest> requests() {
    return List.of(
        Scene.aimedAt(Scene.request("b81c1c", true, 1), "person"),
        Scene.request("f2f2f2", true, 2));
  }

  @Test
  void continuesSkyAndGroundWhereAPersonStood() {
    EditRequest request = Scene.aimedAt(Scene.request("b81c1c", true, 1), "person");
    Edited edited = new Remove().edit(request, RunContext.NONE);
    EditRequest alone = Scene.request("b81c1c", false, 1);
    for (int y = 47; y < 91; y++) {
      for (int x = 116; x < 126; x++) {
        OkLab expected = Scene.pixel(alone.source(), x, y);
        OkLab found = Scene.pixel(edited.picture(), x, y);
        // ground stripes may be shifted, so up to their contrast; the boundary may move by a row or
        // two
        if (y < 53 || y > 58) {
          assertThat(found.distance(expected)).as("%d, %d", x, y).isLessThan(.12);
        }
      }
    }
  }

  @Test
  void keepsTheGrainOfTheGround() {
    EditRequest request = Scene.aimedAt(Scene.request("b81c1c", true, 1), "person");
    Edited edited = new Remove().edit(request, RunContext.NONE);
    double filled = contrast(edited, 118, 62);
    double beside = contrast(edited, 140, 62);
    assertThat(filled).isBetween(.4 * beside, 1.6 * beside);
  }

  /** Standard deviation of the lightness in a box of 6 x 26 pixels. */
  private static double contrast(Edited edited, int left, int top) {
    double sum = 0;
    double squares = 0;
    int n = 6 * 26;
    for (int y = top; y < top + 26; y++) {
      for (int x = left; x < left + 6; x++) {
        double l = Scene.pixel(edited.picture(), x, y).l();
        sum += l;
        squares += l * l;
      }
    }
    return Math.sqrt(squares / n - sum / n * (sum / n));
  }
}
