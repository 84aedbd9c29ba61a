package dev.anvil.report.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.effect.Verdict;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReportDataTest {
  @Test
  void placebosAndEffectsAreKeptApart() {
    Effect placebo = Sample.effect("colour", "none", "control", true, 0, .01, Verdict.NOT_RESOLVED);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FactorResult(
                    "colour", "Colour", "it", List.of(EffectResult.of(placebo)), List.of()))
        .withMessageContaining("placebo none");
  }

  @Test
  void moreQuarantinedThanReadIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DataHealth(
                    3, 4, List.of(), Map.of(), Map.of(), Optional.empty(), 0, Optional.empty()))
        .withMessage("quarantined is 4; expected at most the 3 rows");
  }

  @Test
  void thumbnailsAreShrunkAndCarried() throws Exception {
    Thumbnail thumbnail = Thumbnail.of(Sample.scene(0x888888, 0xAA0000, 0), 96);

    byte[] bytes = Base64.getDecoder().decode(thumbnail.dataUri().split(",", -1)[1]);
    Picture read = Picture.of(ImageIO.read(new ByteArrayInputStream(bytes)));
    assertThat(read.width()).isEqualTo(96);
    assertThat(read.height()).isEqualTo(72);
    assertThat(Thumbnail.of(bytes)).isEqualTo(thumbnail);
  }

  @Test
  void overlaysKeepColourOnlyInsideTheMask() throws Exception {
    Picture red = Picture.of(filled(0xC02020));
    float[] alpha = new float[32 * 32];
    java.util.Arrays.fill(alpha, 0, 32 * 16, 1f);

    Thumbnail thumbnail = Thumbnail.overlay(red, new Mask(32, 32, alpha), 32);
    byte[] bytes = Base64.getDecoder().decode(thumbnail.dataUri().split(",", -1)[1]);
    Picture read = Picture.of(ImageIO.read(new ByteArrayInputStream(bytes)));
    assertThat(read.get(16, 4, 0) - read.get(16, 4, 1)).isGreaterThan(120);
    assertThat(Math.abs(read.get(16, 27, 0) - read.get(16, 27, 1))).isLessThan(16);
  }

  @Test
  void thumbnailsThatAreNoPicturesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Thumbnail("data:image/svg+xml;base64,AAAA"))
        .withMessageContaining("expected a JPEG or PNG");
    assertThatIllegalArgumentException().isThrownBy(() -> Thumbnail.of(new byte[] {1, 2, 3, 4}));
  }

  private static java.awt.image.BufferedImage filled(int colour) {
    var image = new java.awt.image.BufferedImage(32, 32, java.awt.image.BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, colour);
    }
    return image;
  }
}
