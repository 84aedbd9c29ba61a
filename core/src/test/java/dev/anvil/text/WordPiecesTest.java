package dev.anvil.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected ids are those of Hugging Face's tokenizers 0.23.2 on the same file. */
class WordPiecesTest {
  private static WordPieces bundled() throws IOException {
    try (InputStream json =
        WordPieces.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
      return WordPieces.read(json, "tokenizer.json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "A red car in the forest!|101 1037 2417 2482 1999 1996 3224 999 102",
        "Crème brûlée, naïve café — 25% off"
            + "|101 13675 21382 7987 9307 2063 1010 15743 7668 1517 2423 1003 2125 102",
        "unbelievably hyperpersonalisation|101 4895 8671 2666 3567 6321 23760 28823 6648 102",
        "日本 GT-R at night|101 1864 1876 14181 1011 1054 2012 2305 102",
        "#summer2024 @brand's “new” SUV…"
            + "|101 1001 2621 11387 18827 1030 4435 1005 1055 1523 2047 1524 15620 1529 102",
        "ÄÖÜ straße İstanbul|101 20118 2226 2358 27807 9960 102",
        "😀 smile ~ok~ `a`|101 100 2868 1066 7929 1066 1036 1037 1036 102",
      })
  void idsAreThoseOfTheReference(String text, String ids) throws IOException {
    assertThat(bundled().ids(text, 128))
        .isEqualTo(Arrays.stream(ids.split(" ")).mapToInt(Integer::parseInt).toArray());
  }

  @Test
  void controlCharactersAreSpacesOrNothing() throws IOException {
    assertThat(bundled().ids("tab\tnew\nline  $5.00 <b>", 128))
        .containsExactly(101, 21628, 2047, 2240, 1002, 1019, 1012, 4002, 1026, 1038, 1028, 102);
    assertThat(bundled().ids("e\u0301clair \u200bzero", 128))
        .containsExactly(101, 14925, 19771, 2099, 5717, 102);
  }

  @Test
  void aWordOfMoreThanAHundredLettersIsUnknown() throws IOException {
    assertThat(bundled().ids("x".repeat(120) + " end", 128)).containsExactly(101, 100, 2203, 102);
  }

  @Test
  void aLongTextIsCutBeforeItsEnd() throws IOException {
    int[] ids = bundled().ids("red ".repeat(500), 128);
    assertThat(ids).hasSize(128).startsWith(101, 2417).endsWith(2417, 102);
  }

  @Test
  void anotherKindOfTokenizerIsRefused() {
    InputStream bytePairs =
        new ByteArrayInputStream(
            "{\"model\": {\"type\": \"BPE\"}}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> WordPieces.read(bytePairs, "clip/tokenizer.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("clip/tokenizer.json")
        .hasMessageContaining("BPE");
  }
}
