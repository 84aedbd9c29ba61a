package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every encoder of texts promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TextEncoderContract {
  private static final List<String> TEXTS =
      List.of("a photo of a red car", "", "un café, s'il vous plaît", "日本語", "car");

  private TextEncoder encoder;

  /** A new encoder; the contract closes it. */
  abstract TextEncoder open() throws Exception;

  @BeforeAll
  void openEncoder() throws Exception {
    encoder = open();
  }

  @AfterAll
  void closeEncoder() {
    encoder.close();
  }

  TextEncoder encoder() {
    return encoder;
  }

  @Test
  void givesVectorsOfLengthOne() {
    assertThat(encoder.id()).isNotBlank();
    for (float[] row : encoder.encode(TEXTS)) {
      assertThat(row).hasSize(encoder.dimension());
      assertThat(dot(row, row)).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void tellsTextsApart() {
    float[][] rows = encoder.encode(TEXTS);
    for (int i = 1; i < rows.length; i++) {
      assertThat(rows[i]).isNotEqualTo(rows[0]);
    }
  }

  @Test
  void doesNotMindTheCompanyOfATextNorItsCase() {
    float[][] all = encoder.encode(TEXTS);
    for (int i = 0; i < all.length; i++) {
      assertThat(encoder.encode(List.of(TEXTS.get(i)))[0]).isEqualTo(all[i]);
    }
    List<String> many = Collections.nCopies(40, TEXTS.get(4));
    assertThat(encoder.encode(many)).hasDimensions(40, encoder.dimension());
    assertThat(encoder.encode(many)[39]).isEqualTo(all[4]);
    assertThat(encoder.encode(List.of("CAR"))[0]).isEqualTo(all[4]);
  }

  @Test
  void cutsALongText() {
    float[][] rows = encoder.encode(List.of("word ".repeat(300), "word ".repeat(400)));
    assertThat(rows[0]).isEqualTo(rows[1]);
  }

  @Test
  void answersSeveralCallersAtOnce() {
    float[] alone = encoder.encode(TEXTS)[2];
    List<float[]> together =
        IntStream.range(0, 8).parallel().mapToObj(i -> encoder.encode(TEXTS)[2]).toList();
    together.forEach(row -> assertThat(row).isEqualTo(alone));
  }

  @Test
  void takesNoTexts() {
    assertThat(encoder.encode(List.of())).isEmpty();
  }

  static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }
}
