package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.edit.remote.LocalServer.Answer;
import dev.anvil.edit.remote.LocalServer.Received;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Speaks {@code /images/edits} as OpenAI's specification declares it (docs/model-contracts.md
 * section 8.3).
 */
public final class OpenAiServer {
  private OpenAiServer() {}

  public static LocalServer start() {
    return new LocalServer(
        seen ->
            Answer.json(
                Map.of(
                    "created",
                    1,
                    "data",
                    List.of(
                        Map.of("b64_json", Base64.getEncoder().encodeToString(painted(seen)))))));
  }

  /** The picture that is asked for, as a PNG file. */
  static byte[] painted(Received seen) throws IOException {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v1/images/edits");
    Map<String, Form.Part> form = Form.read(seen);
    assertThat(form.keySet())
        .isSubsetOf("model", "prompt", "n", "size", "image", "mask", "quality", "response_format");
    assertThat(form.get("n").text()).isEqualTo("1");
    boolean old = form.get("model").text().equals("dall-e-2");
    assertThat(form.containsKey("response_format")).isEqualTo(old);
    assertThat(form.get("image").type()).isEqualTo("image/png");
    assertThat(form.get("mask").body().length).isLessThan(4 << 20);
    Picture picture = Painting.decode(form.get("image").body());
    assertThat(form.get("size").text()).isEqualTo(picture.width() + "x" + picture.height());
    assertThat(form.get("size").text()).isIn("1024x1024", "1536x1024", "1024x1536");
    assertThat(old && picture.width() != picture.height()).isFalse();
    BufferedImage mask = ImageIO.read(new ByteArrayInputStream(form.get("mask").body()));
    assertThat(mask.getColorModel().hasAlpha()).isTrue();
    assertThat(mask.getWidth()).isEqualTo(picture.width());
    assertThat(mask.getHeight()).isEqualTo(picture.height());
    byte[] white = new byte[picture.rgb().length];
    for (int i = 0; i < white.length; i++) {
      int alpha = mask.getRGB(i / 3 % mask.getWidth(), i / 3 / mask.getWidth()) >>> 24;
      assertThat(alpha == 0 || alpha == 255).isTrue();
      white[i] = (byte) (alpha == 0 ? 255 : 0);
    }
    return PictureWriter.png(
        Painting.paint(
            picture,
            new Picture(picture.width(), picture.height(), white),
            form.get("prompt").text()));
  }
}
