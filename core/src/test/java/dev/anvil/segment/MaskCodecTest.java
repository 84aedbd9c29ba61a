package dev.anvil.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.anvil.InvalidInputException;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskCodecTest {
  @Test
  void keepsEveryStep() {
    float[] alpha = new float[256];
    for (int i = 0; i < 256; i++) {
      alpha[i] = i / 255f;
    }
    Segmentation segmentation =
        new Segmentation(
            List.of(
                new Element("vélo", .123456789, new Box(.5, 1, 7.25, 9), new Mask(16, 16, alpha)),
                new Element("background", 1, new Box(0, 0, 16, 16), Mask.full(16, 16))));
    assertThat(MaskCodec.decode(MaskCodec.encode(segmentation))).isEqualTo(segmentation);
    assertThat(MaskCodec.decode(MaskCodec.encode(new Segmentation(List.of()))).elements())
        .isEmpty();
  }

  @Test
  void refusesWhatItDidNotWrite() {
    byte[] sound =
        MaskCodec.encode(
            new Segmentation(List.of(new Element("car", 1, new Box(0, 0, 9, 9), Mask.full(9, 9)))));
    for (byte[] bytes :
        List.of(new byte[0], new byte[] {1, 2, 3, 4, 5}, Arrays.copyOf(sound, sound.length / 2))) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> MaskCodec.decode(bytes))
          .withMessageContaining("expected a stored segmentation");
    }
  }
}
