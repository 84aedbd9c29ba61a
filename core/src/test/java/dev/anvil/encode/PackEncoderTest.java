package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.InvalidInputException;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.packs.TinyPack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackEncoderTest extends EncoderContract {
  @TempDir static Path folder;

  @Override
  Encoder open() throws IOException {
    return PackEncoder.open(TinyPack.encoder(folder).open(), 1);
  }

  @Test
  void namesBlocksAndLayers() {
    assertThat(encoder().blocks())
        .containsExactly(new Block("whole", 3), new Block("element", 3), new Block("place", 5));
    assertThat(encoder().layers())
        .extracting(Block::name)
        .containsExactly("whole/rgb", "element/rgb", "place");
  }

  @Test
  void averagesTheWholeAndTheElementAndPlacesIt() {
    byte[] rgb = new byte[48];
    Arrays.fill(rgb, 0, 24, (byte) 200);
    float[] alpha = new float[16];
    Arrays.fill(alpha, 4, 8, 1);

    float[] row =
        encode(List.of(new View(new Picture(4, 4, rgb), Optional.of(new Mask(4, 4, alpha)))))[0];

    assertThat(Arrays.copyOf(row, 6)).containsExactly(100, 100, 100, 200, 200, 200);
    assertThat(Arrays.copyOfRange(row, 6, 11)).containsExactly(.25f, .5f, .375f, 1, .25f);
  }

  @Test
  void weighsSoftMasksByTheirValues() {
    Place place = Place.of(new Mask(2, 1, new float[] {.6f, .2f})).orElseThrow();
    assertThat(place.coverage()).isCloseTo(.4, within(1e-6));
    assertThat(place.centreX()).isCloseTo((.6 * .5 + .2 * 1.5) / .8 / 2, within(1e-6));
    assertThat(place.width()).isEqualTo(.5);
    assertThat(Place.of(new Mask(2, 1, new float[] {.5f, .2f}))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "resample, cubic, 'found \"cubic\"; expected one of [nearest, box, bilinear, hamming, bicubic, lanczos]'",
    "range, -1..1 BGR, 'found \"-1..1 BGR\"; expected \"0..255 RGB\"'"
  })
  void refusesPreprocessingThatItCannotDo(String field, String value, String message)
      throws IOException {
    refuses(m -> m.withObject("/preprocess").put(field, value), message);
  }

  @Test
  void refusesLayersThatAreNotTheOutputs() throws IOException {
    refuses(
        m -> ((ObjectNode) m.withArray("layers").get(0)).put("channels", 4),
        "4 columns in layers; expected whole and element of that width");
  }

  private static void refuses(Consumer<ObjectNode> spoiler, String message) throws IOException {
    TinyPack tiny = TinyPack.encoder(folder);
    spoiler.accept(tiny.manifest());
    var pack = tiny.open();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PackEncoder.open(pack, 1))
        .withMessageContaining(message);
  }
}
