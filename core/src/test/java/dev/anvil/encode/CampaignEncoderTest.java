package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import dev.anvil.segment.FindsNothing;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import dev.anvil.store.EmbeddingStore;
import dev.anvil.store.MemoryEmbeddingStore;
import dev.anvil.store.MemoryResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignEncoderTest {
  @TempDir Path folder;
  private final EmbeddingStore embeddings = new MemoryEmbeddingStore(1);

  /** Embeds a picture as the grey of its first pixel. */
  private record Grey() implements Encoder {
    private record Of(float grey) implements Prepared {}

    @Override
    public String id() {
      return "grey";
    }

    @Override
    public List<Block> blocks() {
      return List.of(new Block("whole", 1));
    }

    @Override
    public Prepared prepare(View view) {
      return new Of(view.picture().get(0, 0, 0));
    }

    @Override
    public float[][] infer(List<Prepared> batch, RunContext context) {
      return batch.stream()
          .map(prepared -> new float[] {((Of) prepared).grey()})
          .toArray(float[][]::new);
    }

    @Override
    public void close() {}
  }

  private static byte[] png(int grey) {
    byte[] rgb = new byte[8 * 8 * 3];
    Arrays.fill(rgb, (byte) grey);
    return PictureWriter.png(new Picture(8, 8, rgb));
  }

  private CampaignEncoder encoder() {
    return new CampaignEncoder(
        new EncodingPipeline(new Grey(), embeddings, EncodingPipeline.Settings.DEFAULT),
        new SegmentationCache(new FindsNothing(), new MemoryResultStore()),
        Subject.NONE);
  }

  @Test
  void aPictureThatWasReplacedSinceItsImportIsRefusedAndNothingIsKeptOfIt() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), png(10));
    Post post =
        new Post(
            "1", Sha256.of(file), file, LocalDateTime.of(2024, 1, 1, 0, 0), Map.of(), Map.of());
    Files.write(file, png(20));
    assertThatThrownBy(() -> encoder().encode(List.of(post), RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": has changed since it was recorded: found SHA-256 ");
    Files.write(file, png(10));
    assertThat(encoder().encode(List.of(post), RunContext.NONE)[0]).containsExactly(10);
    Files.write(file, png(30));
    assertThat(encoder().encode(List.of(post), RunContext.NONE)[0])
        .as("what is known of the recorded picture needs no file")
        .containsExactly(10);
  }
}
