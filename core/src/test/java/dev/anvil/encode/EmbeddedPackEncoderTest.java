package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pack that ships with Anvil, against the acceptance values beside it (check.json). */
class EmbeddedPackEncoderTest extends EncoderContract {
  private static final Path PACK = Path.of("../models/mobilenet-ssd");

  @Override
  Encoder open() throws IOException {
    return PackEncoder.open(ModelPack.open(PACK), 1);
  }

  @Test
  void givesTheAcceptanceValues() throws IOException {
    JsonNode check = new JsonMapper().readTree(PACK.resolve("check.json").toFile());
    JsonNode expected = check.get("onnxruntime");
    JsonNode tolerance = check.get("tolerance").get("onnxruntime");
    float[] row = encode(List.of(new View(checkPicture(), Optional.of(checkMask()))))[0];

    int offset = 0;
    for (Block layer : encoder().layers().subList(0, encoder().layers().size() - 1)) {
      String view = layer.name().substring(0, layer.name().indexOf('/'));
      JsonNode values = expected.get(view).get(layer.name().substring(view.length() + 1));
      float[] columns = Arrays.copyOfRange(row, offset, offset + layer.length());
      for (int i = 0; i < values.get("first").size(); i++) {
        assertThat((double) columns[i])
            .as("%s column %d", layer.name(), i)
            .isCloseTo(
                values.get("first").get(i).doubleValue(),
                within(tolerance.get("first").doubleValue()));
      }
      double norm = values.get("norm").doubleValue();
      assertThat(norm(columns))
          .as(layer.name())
          .isCloseTo(norm, within(norm * tolerance.get("normRelative").doubleValue()));
      offset += layer.length();
    }
    assertThat(offset).isEqualTo(2 * 2224);
  }

  private static double norm(float[] columns) {
    double sum = 0;
    for (float c : columns) {
      sum += (double) c * c;
    }
    return Math.sqrt(sum);
  }

  /** As check.json says: pixel (y, x, c) = (37 x + 59 y + 83 c + x y) mod 256. */
  private static Picture checkPicture() {
    byte[] rgb = new byte[300 * 300 * 3];
    for (int y = 0, o = 0; y < 300; y++) {
      for (int x = 0; x < 300; x++) {
        for (int c = 0; c < 3; c++, o++) {
          rgb[o] = (byte) (37 * x + 59 * y + 83 * c + x * y);
        }
      }
    }
    return new Picture(300, 300, rgb);
  }

  /** As check.json says: 1 where 75 <= x < 225 and 100 <= y < 250. */
  private static Mask checkMask() {
    float[] alpha = new float[300 * 300];
    for (int y = 100; y < 250; y++) {
      Arrays.fill(alpha, y * 300 + 75, y * 300 + 225, 1);
    }
    return new Mask(300, 300, alpha);
  }
}
