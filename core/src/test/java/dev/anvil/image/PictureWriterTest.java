package dev.anvil.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureWriterTest {
  private final Picture picture = TestPictures.reference(64, 48);

  @Test
  void writesPngWithoutLossAndWithEqualBytes() {
    byte[] png = PictureWriter.png(picture);
    assertThat(PictureReader.DEFAULT.read("a", png)).isEqualTo(picture);
    assertThat(PictureWriter.png(picture)).isEqualTo(png);
  }

  @Test
  void carriesTextsInAPng() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("editor", "recolor");
    texts.put("request", "{\"colour\": \"größer 赤\"}\nsecond line");
    texts.put("empty", "");
    byte[] png = PictureWriter.png(picture, texts);
    assertThat(PngText.read(png)).containsExactlyEntriesOf(texts);
    assertThat(PictureReader.DEFAULT.read("a", png)).isEqualTo(picture);
  }

  /** {@code text.png} was written by Pillow 12.3 with one tEXt and one iTXt chunk. */
  @Test
  void readsTextsOfOthers() {
    assertThat(PngText.read(TestPictures.file("text.png")))
        .containsEntry("Title", "caf\u00e9")
        .containsEntry("Note", "\u8d64\u3044\u8eca");
  }

  @Test
  void refusesTextsThatPngCannotCarry() {
    Map<String, String> unnamed = Map.of("", "x");
    assertThatThrownBy(() -> PictureWriter.png(picture, unnamed))
        .hasMessageContaining("expected 1 to 79 Latin-1 characters");
    byte[] jpeg = PictureWriter.jpeg(picture, .9);
    assertThatThrownBy(() -> PngText.read(jpeg)).hasMessageContaining("not a PNG");
  }

  @Test
  void writesSmallerJpegsAtLowerQualityAndWithEqualBytes() {
    byte[] good = PictureWriter.jpeg(picture, .95);
    assertThat(PictureWriter.jpeg(picture, .4)).hasSizeLessThan(good.length);
    assertThat(PictureWriter.jpeg(picture, .95)).isEqualTo(good);
    assertThat(PictureReader.DEFAULT.read("a", good).width()).isEqualTo(64);
    assertThatThrownBy(() -> PictureWriter.jpeg(picture, 95))
        .hasMessageContaining("found quality 95");
  }
}
