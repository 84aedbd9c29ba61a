package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Editor;
import dev.anvil.edit.Parameters;
import dev.anvil.image.Box;
import dev.anvil.image.Masks;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Segmentation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the test's servers share: they paint what the mask says in the colour the prompt names. */
final class Painting {
  static final int WIDTH = 90;
  static final int HEIGHT = 60;
  static final Box CAR = new Box(30, 20, 60, 44);

  private Painting() {}

  static Picture decode(byte[] png) {
    return PictureReader.DEFAULT.read("received", png);
  }

  static Picture decode(String base64) {
    return decode(Base64.getDecoder().decode(base64));
  }

  /** Colour where the mask is white; elsewhere a little off, as an autoencoder is. */
  static Picture paint(Picture picture, Picture mask, String prompt) {
    assertThat(mask.width()).isEqualTo(picture.width());
    assertThat(mask.height()).isEqualTo(picture.height());
    byte[] out = new byte[picture.rgb().length];
    int[] colour = colour(prompt);
    for (int i = 0; i < out.length; i++) {
      int m = mask.rgb()[i] & 255;
      assertThat(m == 0 || m == 255).as("the mask is black and white").isTrue();
      out[i] = (byte) (m == 255 ? colour[i % 3] : (picture.rgb()[i] & 255) ^ 3);
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  static int[] colour(String prompt) {
    return prompt.contains("red") ? new int[] {200, 20, 24} : new int[] {20, 40, 190};
  }

  static EditRequest request(long seed) {
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (90 + i / 3 % WIDTH + i % 3 * 20);
    }
    return new EditRequest(
        new Picture(WIDTH, HEIGHT, rgb),
        new Segmentation(List.of()),
        Masks.ofBox(WIDTH, HEIGHT, CAR),
        seed);
  }

  /** What every study of these tests says. */
  static Map<String, Object> study(String url, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>();
    all.put("url", url);
    all.put("prompt", "a red car");
    all.put("null_prompt", "a car");
    all.put("rate", 6000);
    all.put("timeout", 20);
    all.putAll(more);
    return all;
  }

  /** To send the server pictures and all secrets. */
  private static Consent consent(URI url, Map<String, String> environment) {
    return Consent.of(
        List.of(url.toString()),
        environment.keySet().stream()
            .filter(variable -> !variable.equals(Remotes.OPENAI_KEY))
            .collect(Collectors.toMap(v -> v, v -> url.toString())));
  }

  static Editor editor(String name, Map<String, Object> study, Map<String, String> environment) {
    return new Remotes(
            environment,
            Hosts.parse(String.valueOf(study.getOrDefault("url", "https://api.openai.com")))
                .map(url -> consent(url, environment))
                .orElse(Consent.NONE),
            Duration.ofMillis(20))
        .create(name, new Parameters(name, study, Path.of("").toAbsolutePath()));
  }
}
