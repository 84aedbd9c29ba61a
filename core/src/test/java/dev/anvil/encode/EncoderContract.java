package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.encode.Encoder.Prepared;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every encoder promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EncoderContract {
  private Encoder encoder;

  /** A new encoder; the contract closes it. */
  abstract Encoder open() throws Exception;

  @BeforeAll
  void openEncoder() throws Exception {
    encoder = open();
  }

  @AfterAll
  void closeEncoder() {
    encoder.close();
  }

  Encoder encoder() {
    return encoder;
  }

  @Test
  void namesAllColumnsTwice() {
    assertThat(encoder.id()).isNotBlank();
    assertThat(encoder.blocks())
        .extracting(Block::name)
        .startsWith("whole")
        .doesNotHaveDuplicates();
    assertThat(encoder.layers().stream().mapToInt(Block::length).sum())
        .isEqualTo(encoder.dimension());
  }

  @Test
  void leavesNothingUnknownWhereAnElementIsGiven() {
    assertThat(encode(List.of(view(1, true)))[0])
        .hasSize(encoder.dimension())
        .doesNotContain(Float.NaN);
  }

  @Test
  void knowsNothingOfAnElementThatIsNotThere() {
    View picture = view(1, false);
    View empty = new View(picture.picture(), Optional.of(Mask.empty(60, 40)));
    int whole = encoder.blocks().get(0).length();

    for (View view : List.of(picture, empty)) {
      float[] row = encode(List.of(view))[0];
      assertThat(Arrays.copyOf(row, whole)).doesNotContain(Float.NaN);
      assertThat(Arrays.copyOfRange(row, whole, row.length)).containsOnly(Float.NaN);
    }
  }

  @Test
  void looksAtTheWholeAlikeWithAndWithoutAnElement() {
    int whole = encoder.blocks().get(0).length();
    float[][] rows = encode(List.of(view(1, true), view(1, false)));
    assertThat(Arrays.copyOf(rows[0], whole)).isEqualTo(Arrays.copyOf(rows[1], whole));
  }

  @Test
  void tellsPicturesApart() {
    float[][] rows = encode(List.of(view(1, true), view(2, true)));
    assertThat(rows[0]).isNotEqualTo(rows[1]);
  }

  @Test
  void batchesDoNotChangeTheBits() {
    List<View> views = IntStream.range(0, 8).mapToObj(i -> view(i, i % 3 != 0)).toList();
    float[][] eight = encode(views);
    for (int i = 0; i < 8; i++) {
      assertThat(encode(views.subList(i, i + 1))[0]).isEqualTo(eight[i]);
    }
    float[][] three = encode(List.of(views.get(7), views.get(2), views.get(0)));
    assertThat(three[0]).isEqualTo(eight[7]);
    assertThat(three[1]).isEqualTo(eight[2]);
    assertThat(three[2]).isEqualTo(eight[0]);
  }

  @Test
  void answersSeveralCallersAtOnce() {
    float[][] alone = encode(List.of(view(0, true), view(1, true)));
    List<float[]> together =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> encode(List.of(view(i % 2, true)))[0])
            .toList();
    for (int i = 0; i < 8; i++) {
      assertThat(together.get(i)).isEqualTo(alone[i % 2]);
    }
  }

  @Test
  void takesAnEmptyBatch() {
    assertThat(encoder.infer(List.of(), RunContext.NONE)).isEmpty();
  }

  float[][] encode(List<View> views) {
    List<Prepared> batch = new ArrayList<>();
    views.forEach(v -> batch.add(encoder.prepare(v)));
    return encoder.infer(batch, RunContext.NONE);
  }

  /** Noise of 60 x 40 pixels, with or without a rectangle as its element. */
  static View view(int seed, boolean hasElement) {
    byte[] rgb = new byte[60 * 40 * 3];
    new SplittableRandom(seed).nextBytes(rgb);
    float[] alpha = new float[60 * 40];
    for (int y = 10; y < 30; y++) {
      Arrays.fill(alpha, y * 60 + 15, y * 60 + 45, 1);
    }
    return new View(
        new Picture(60, 40, rgb),
        hasElement ? Optional.of(new Mask(60, 40, alpha)) : Optional.empty());
  }
}
