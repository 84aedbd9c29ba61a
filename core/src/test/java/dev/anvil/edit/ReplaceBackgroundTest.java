package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaceBackgroundTest extends EditorContract {
  @TempDir static Path folder;

  @Override
  Editor editor() {
    return new ReplaceBackground(Scene.plates(folder));
  }

  @Test
  void showsThePlateFarFromTheElements() {
    Edited edited = editor().edit(Scene.request("b81c1c", true, 1), RunContext.NONE);
    assertThat(edited.picture().get(5, 5, 0)).isIn(40, 200);
    assertThat(edited.picture().get(5, 115, 1)).isEqualTo(edited.picture().get(5, 5, 1));
  }

  @Test
  void keepsEveryElementAsItWas() {
    EditRequest request = Scene.request("b81c1c", true, 1);
    Edited edited = editor().edit(request, RunContext.NONE);
    Mask inside = Layers.foreground(request).eroded(4);
    for (int i = 0; i < inside.alpha().length; i++) {
      if (inside.alpha()[i] == 1) {
        assertThat(edited.picture().rgb()[i * 3]).isEqualTo(request.source().rgb()[i * 3]);
      }
    }
  }

  @Test
  void replacesASkyThatTheSegmenterNames() {
    EditRequest request = Scene.withSky("b81c1c", 1);
    Edited edited = editor().edit(request, RunContext.NONE);
    assertThat(edited.picture())
        .isEqualTo(editor().edit(Scene.request("b81c1c", true, 1), RunContext.NONE).picture());
  }

  @Test
  void drawsThePlateBySeed() {
    Set<Integer> seen = new HashSet<>();
    for (long seed = 0; seed < 12; seed++) {
      seen.add(
          editor()
              .edit(Scene.request("b81c1c", false, seed), RunContext.NONE)
              .picture()
              .get(5, 5, 0));
    }
    assertThat(seen).containsExactlyInAnyOrder(40, 200);
  }

  @Test
  void coversThePictureWithoutDistortion() {
    Picture wide = new Picture(4, 2, new byte[24]);
    Picture cover = ReplaceBackground.cover(wide, 30, 30);
    assertThat(cover.width()).isEqualTo(30);
    assertThat(cover.height()).isEqualTo(30);
  }

  @Test
  void carriesTheShadowUnderTheCar() {
    EditRequest plain = Scene.request("b81c1c", false, 3);
    byte[] rgb = plain.source().rgb().clone();
    for (int y = 90; y < 96; y++) {
      for (int x = 45; x < 105; x++) {
        for (int c = 0; c < 3; c++) {
          int i = (y * Scene.WIDTH + x) * 3 + c;
          rgb[i] = (byte) ((rgb[i] & 255) / 3);
        }
      }
    }
    EditRequest shaded =
        new EditRequest(
            new Picture(Scene.WIDTH, Scene.HEIGHT, rgb),
            plain.elements(),
            plain.mask(),
            plain.seed());
    int without = editor().edit(plain, RunContext.NONE).picture().get(54, 93, 0);
    int with = editor().edit(shaded, RunContext.NONE).picture().get(54, 93, 0);
    assertThat(with).isLessThan((int) (.8 * without));
  }
}
