package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.segment.Element;
import dev.anvil.segment.Segmentation;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRegionsTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 200;

  /** On ground with a fine grain. */
  private static Picture drawn(Consumer<Graphics2D> what) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(3);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int grey = 90 + random.nextInt(-12, 13);
        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
      }
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    what.accept(graphics);
    graphics.dispose();
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int pixel = image.getRGB(i % WIDTH, i / WIDTH);
      rgb[3 * i] = (byte) (pixel >> 16);
      rgb[3 * i + 1] = (byte) (pixel >> 8);
      rgb[3 * i + 2] = (byte) pixel;
    }
    return new Picture(WIDTH, HEIGHT, rgb);
  }

  private static Picture lettered(int size) {
    return drawn(
        graphics -> {
          graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, size));
          graphics.drawString("Summer sale", 30, 110);
        });
  }

  /** Share of the white pixels that are found. */
  private static double covered(Picture picture, Mask found) {
    int ink = 0;
    int in = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      if ((picture.rgb()[3 * i] & 255) > 200) {
        ink++;
        in += found.alpha()[i] > .5f ? 1 : 0;
      }
    }
    return (double) in / ink;
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 20, 36})
  void textIsFoundWithoutMostOfThePicture(int size) {
    Picture picture = lettered(size);
    Mask found = TextRegions.of(picture);
    assertThat(covered(picture, found)).isGreaterThan(.98);
    assertThat(found.coverage()).isLessThan(.45);
  }

  @Test
  void windowsAndRailingsAreNoText() {
    Picture windows =
        drawn(
            graphics -> {
              for (int i = 0; i < 8; i++) {
                graphics.fillRect(20 + 32 * i, 30, 16, 22);
                graphics.fillRect(20 + 12 * i, 120, 4, 40);
              }
            });
    assertThat(TextRegions.of(windows).coverage()).isZero();
    assertThat(TextRegions.of(drawn(graphics -> {})).coverage()).isZero();
  }

  @Test
  void aBlurredBackgroundKeepsItsTextSharp() {
    Picture picture = lettered(20);
    Box car = new Box(200, 140, 260, 180);
    Mask mask = Masks.ofBox(WIDTH, HEIGHT, car);
    EditRequest request =
        new EditRequest(
            picture,
            Segmentation.of(WIDTH, HEIGHT, List.of(new Element("car", 1, car, mask))),
            mask.inverted(),
            1);
    Picture blurred =
        new Blur(Blur.Target.BACKGROUND, .02).edit(request, RunContext.NONE).picture();
    int changed = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      boolean ink = (picture.rgb()[3 * i] & 255) > 200;
      changed += ink && picture.rgb()[3 * i] != blurred.rgb()[3 * i] ? 1 : 0;
    }
    assertThat(changed).isZero();
    assertThat(blurred.rgb()).isNotEqualTo(picture.rgb());
  }
}
