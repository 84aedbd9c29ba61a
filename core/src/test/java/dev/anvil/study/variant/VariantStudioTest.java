package dev.anvil.study.variant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editor;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.packs.TinyPack;
import dev.anvil.segment.FindsNothing;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import dev.anvil.store.EmbeddingStore;
import dev.anvil.store.MemoryStores;
import dev.anvil.study.design.Cell;
import dev.anvil.study.design.Source;
import dev.anvil.study.spec.LabelRule;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantStudioTest {
  @TempDir Path folder;
  private final AtomicInteger edits = new AtomicInteger();

  /** Paints everything in one grey, another one each time, as a service without seeds does. */
  private final class Fickle implements Editor {
    @Override
    public String name() {
      return "fickle";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public Edited edit(EditRequest request, RunContext context) {
      byte[] grey = new byte[request.source().rgb().length];
      Arrays.fill(grey, (byte) (40 * edits.incrementAndGet()));
      Picture picture = new Picture(request.source().width(), request.source().height(), grey);
      return new Edited(picture, Mask.full(picture.width(), picture.height()));
    }
  }

  private Cell cell(Map<String, LabelRule> marks) throws IOException {
    Picture picture = new Picture(8, 8, new byte[8 * 8 * 3]);
    Path file = Files.write(folder.resolve("a.png"), PictureWriter.png(picture));
    Post post =
        new Post(
            "1", Sha256.of(file), file, LocalDateTime.of(2024, 1, 1, 0, 0), Map.of(), Map.of());
    Factor factor =
        new Factor(
            "colour",
            "Colour",
            "{level}",
            List.of(StudySpec.PICTURE),
            Optional.empty(),
            "fickle",
            StudySpec.CONTROL,
            1,
            Map.of("red", Map.of()),
            marks);
    Source source = new Source(post, 0, Mask.full(8, 8), Optional.empty());
    return new Cell(
        0, source, factor, "red", 0, 7, new Fickle(), Sha256.of("key"), Optional.empty());
  }

  @Test
  void keepsThePictureThatWasEncodedWhenItCannotBeMadeAgain() throws IOException {
    try (Encoder encoder = Encoders.open(TinyPack.encoder(folder.resolve("pack")).open(), 1);
        Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      VariantStudio studio =
          new VariantStudio(
              new SegmentationCache(new FindsNothing(), workspace.results()),
              new EncodingPipeline(encoder, EmbeddingStore.NONE, EncodingPipeline.Settings.DEFAULT),
              workspace,
              Subject.NONE);
      Cell cell = cell(Map.of());
      float[][] first = studio.encode(List.of(cell), RunContext.NONE).orThrow();
      Picture kept =
          PictureReader.DEFAULT.read(workspace.blobs().path(studio.png(cell, RunContext.NONE)));
      assertThat(kept.get(0, 0, 0)).isEqualTo(40);
      assertThat(studio.encode(List.of(cell), RunContext.NONE).orThrow()).isEqualTo(first);
      assertThat(edits).hasValue(1);
      assertThat(studio.check(cell, RunContext.NONE).reasons()).isEmpty();

      Cell marked = cell(Map.of("red", LabelRule.without("person")));
      assertThat(studio.inferredLevel(marked, RunContext.NONE)).isEqualTo("red");
      assertThat(edits).as("the kept picture was looked at").hasValue(1);
    }
  }

  @Test
  void knowsNothingOfALostPictureThatCannotBeMadeAgainAsItWas() throws IOException {
    try (Encoder encoder = Encoders.open(TinyPack.encoder(folder.resolve("pack")).open(), 1)) {
      MemoryStores stores = new MemoryStores(folder, Clock.systemUTC());
      Cell cell = cell(Map.of());
      VariantStudio studio = studio(encoder, stores, stores);
      float[][] first = studio.encode(List.of(cell), RunContext.NONE).orThrow();

      stores.results().put("variant-png", cell.key(), Sha256.of("a blob that is gone"));
      float[][] second = studio.encode(List.of(cell), RunContext.NONE).orThrow();

      assertThat(edits).as("the picture was made again").hasValue(2);
      assertThat(second).as("and encoded again").isNotEqualTo(first);
      assertThat(studio.encode(List.of(cell), RunContext.NONE).orThrow()).isEqualTo(second);
      Picture kept =
          PictureReader.DEFAULT.read(stores.blobs().path(studio.png(cell, RunContext.NONE)));
      assertThat(kept.get(0, 0, 0)).isEqualTo(80);
      assertThat(edits).hasValue(2);
    }
  }

  @Test
  void makesAPictureAgainWithItsEmbeddingWhenItsCheckIsLost() throws IOException {
    try (Encoder encoder = Encoders.open(TinyPack.encoder(folder.resolve("pack")).open(), 1)) {
      MemoryStores stores = new MemoryStores(folder, Clock.systemUTC());
      Cell cell = cell(Map.of());
      float[][] first =
          studio(encoder, stores, stores).encode(List.of(cell), RunContext.NONE).orThrow();

      VariantStudio other = studio(encoder, stores, new MemoryStores(folder, Clock.systemUTC()));
      float[][] second = other.encode(List.of(cell), RunContext.NONE).orThrow();
      assertThat(second).isNotEqualTo(first);
      assertThat(other.check(cell, RunContext.NONE).reasons()).isEmpty();
      assertThat(edits).hasValue(2);
    }
  }

  private static VariantStudio studio(
      Encoder encoder, MemoryStores embeddings, MemoryStores stores) {
    return new VariantStudio(
        new SegmentationCache(new FindsNothing(), stores.results()),
        new EncodingPipeline(
            encoder,
            embeddings.embeddings(encoder.id(), encoder.dimension()),
            EncodingPipeline.Settings.DEFAULT),
        stores,
        Subject.NONE);
  }
}
