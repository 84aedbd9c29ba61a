package dev.anvil.lab.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.packs.ModelPack;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderBenchmarkTest {
  private static final Path BUNDLED =
      Path.of(System.getProperty("anvil.home"), "models", "mobilenet-ssd");

  @TempDir Path folder;

  @Test
  void measuresTheWholeAndTheNetworkAlone() throws IOException {
    Path file = folder.resolve("a.png");
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    try (Encoder encoder = Encoders.open(ModelPack.open(BUNDLED), 1)) {
      EncoderBenchmark speed =
          EncoderBenchmark.measure(
              encoder,
              List.of(file, file, file),
              EncodingPipeline.Settings.DEFAULT,
              2,
              RunContext.NONE);
      assertThat(speed.pictures()).isEqualTo(3);
      assertThat(speed.whole()).isPositive();
      assertThat(speed.inference()).isPositive();
      assertThat(speed.ratio()).isPositive();
    }
  }
}
