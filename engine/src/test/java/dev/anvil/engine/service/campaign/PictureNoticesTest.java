package dev.anvil.engine.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PictureNoticesTest {
  private static byte[] blank(int grey) {
    byte[] rgb = new byte[8 * 8 * 3];
    Arrays.fill(rgb, (byte) grey);
    return PictureWriter.png(new Picture(8, 8, rgb));
  }

  @Test
  void tellsEachCauseOnce() {
    PictureNotices notices = new PictureNotices();
    for (int i = 0; i < 6; i++) {
      assertThat(notices.problem(Path.of("ä%d.png".formatted(i)), blank(40 * i))).isEmpty();
    }
    assertThat(notices.sentences())
        .containsExactly(
            "ä0.png is blank: it has one colour everywhere; so with 5 others: ä1.png, ä2.png,"
                + " ä3.png, ...");
  }

  @Test
  void saysWhyAPictureCannotBeUsed() {
    PictureNotices notices = new PictureNotices();
    assertThat(notices.problem(Path.of("a.jpg"), "text".getBytes(StandardCharsets.UTF_8)))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("begins with bytes 74 65 78 74"));
    assertThat(notices.sentences()).isEmpty();
  }
}
