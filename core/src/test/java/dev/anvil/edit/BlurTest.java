package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import org.junit.jupiter.api.Test;

class BlurTest extends EditorContract {
  @Override
  Editor editor() {
    return new Blur(Blur.Target.BACKGROUND, .02);
  }

  private static double roughness(Edited edited, int left, int top, int side) {
    double sum = 0;
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        sum += Math.abs(edited.picture().get(x, y, 1) - edited.picture().get(x + 1, y, 1));
      }
    }
    return sum / (side * side);
  }

  @Test
  void smoothsTheBackgroundAndKeepsTheElements() {
    EditRequest request = Scene.request("b81c1c", true, 1);
    Edited edited = editor().edit(request, RunContext.NONE);
    Edited original = new NullEdit().edit(request, RunContext.NONE);
    assertThat(roughness(edited, 10, 100, 15)).isLessThan(.3 * roughness(original, 10, 100, 15));
    assertThat(edited.picture().get(75, 75, 0)).isEqualTo(request.source().get(75, 75, 0));
  }

  @Test
  void doesNotMixTheCarIntoTheBackground() {
    Edited edited = editor().edit(Scene.request("ff0000", false, 1), RunContext.NONE);
    // three pixels left of the red body the ground has no more red than ground can have
    assertThat(edited.picture().get(36, 70, 0) - edited.picture().get(36, 70, 1)).isLessThan(30);
  }

  @Test
  void blursOnlyTheElementWhenAsked() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Edited edited = new Blur(Blur.Target.ELEMENT, .03).edit(request, RunContext.NONE);
    assertThat(edited.picture().get(70, 66, 1)).isLessThan(request.source().get(70, 66, 1));
    assertThat(edited.picture().get(20, 100, 0)).isEqualTo(request.source().get(20, 100, 0));
  }
}
