package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.OkLab;
import org.junit.jupiter.api.Test;

class ToneTest extends EditorContract {
  private static final Mask SKY_AND_GROUND =
      Masks.ofBox(Scene.WIDTH, Scene.HEIGHT, new Box(0, 0, 30, 120));

  @Override
  Editor editor() {
    return new Tone("c01818", .4, true);
  }

  @Test
  void movesThePictureTowardsTheColourAndKeepsItsLightness() {
    EditRequest request = Scene.request("f2f2f2", false, 1);
    OkLab before = Scene.mean(request.source(), SKY_AND_GROUND);
    OkLab after =
        Scene.mean(
            new Tone("c01818", .4, false).edit(request, RunContext.NONE).picture(), SKY_AND_GROUND);
    OkLab red = OkLab.ofHex("c01818");
    assertThat(after.a() - before.a()).isCloseTo(.4 * red.a(), within(.02));
    assertThat(after.b() - before.b()).isCloseTo(.4 * red.b(), within(.02));
    assertThat(after.l()).isCloseTo(before.l(), within(.01));
  }

  @Test
  void sparesTheElementWhenAsked() {
    EditRequest request = Scene.request("f2f2f2", false, 1);
    Edited spared = editor().edit(request, RunContext.NONE);
    Edited whole = new Tone("c01818", .4, false).edit(request, RunContext.NONE);
    assertThat(Scene.pixel(spared.picture(), 75, 78))
        .isEqualTo(Scene.pixel(request.source(), 75, 78));
    assertThat(Scene.pixel(whole.picture(), 75, 78))
        .isNotEqualTo(Scene.pixel(request.source(), 75, 78));
    assertThat(editor().isGlobal()).isTrue();
  }
}
