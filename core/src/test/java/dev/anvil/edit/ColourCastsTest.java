package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.Encoder;
import dev.anvil.encode.Encoders;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.EncodingPipeline;
import dev.anvil.encode.View;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.image.PictureWriter;
import dev.anvil.packs.TinyPack;
import dev.anvil.predict.Nuisance;
import dev.anvil.segment.FindsNothing;
import dev.anvil.segment.Segmentation;
import dev.anvil.segment.SegmentationCache;
import dev.anvil.segment.Subject;
import dev.anvil.store.EmbeddingStore;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColourCastsTest {
  private static final int SIDE = 16;

  @TempDir Path folder;

  private List<Post> posts() throws IOException {
    SplittableRandom random = Seeds.random(2, "pictures");
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] rgb = new byte[SIDE * SIDE * 3];
      int[] base = {random.nextInt(60, 200), random.nextInt(60, 200), random.nextInt(60, 200)};
      for (int k = 0; k < rgb.length; k++) {
        rgb[k] = (byte) (base[k % 3] + random.nextInt(-40, 40));
      }
      Path file =
          Files.write(folder.resolve(i + ".png"), PictureWriter.png(new Picture(SIDE, SIDE, rgb)));
      posts.add(
          new Post(
              "p" + i,
              Sha256.of(file),
              file,
              LocalDateTime.of(2024, 1, 1, 0, 0).plusDays(i),
              Map.of(),
              Map.of()));
    }
    return posts;
  }

  @Test
  void aCastOfAnotherColourMovesWhatIsSeenOfAPictureLess() throws IOException {
    List<Post> posts = posts();
    try (Encoder encoder = Encoders.open(TinyPack.encoder(folder.resolve("pack")).open(), 1);
        Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      SegmentationCache segmentations =
          new SegmentationCache(new FindsNothing(), workspace.results());
      EncodingPipeline pipeline =
          new EncodingPipeline(encoder, EmbeddingStore.NONE, EncodingPipeline.Settings.DEFAULT);
      float[][] embeddings =
          new CampaignEncoder(pipeline, segmentations, Subject.NONE).encode(posts, RunContext.NONE);
      Nuisance nuisance =
          ColourCasts.of(
              posts, embeddings, segmentations, pipeline, Subject.NONE, 3, RunContext.NONE);
      float[] plain = embeddings[0];
      float[] cast = cast(pipeline, posts.get(0));
      assertThat(nuisance.directions()).isNotEmpty();
      assertThat(distance(nuisance.without(plain), nuisance.without(cast), nuisance))
          .isLessThan(.5 * distance(plain, cast, nuisance));
      Nuisance again =
          ColourCasts.of(
              posts, embeddings, segmentations, pipeline, Subject.NONE, 3, RunContext.NONE);
      assertThat(again.directions()).isDeepEqualTo(nuisance.directions());
    }
  }

  @Test
  void aPictureThatFailsIsPassedOverUnlessMostFail() throws IOException {
    List<Post> posts = posts();
    try (Encoder encoder = Encoders.open(TinyPack.encoder(folder.resolve("pack")).open(), 1);
        Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      SegmentationCache segmentations =
          new SegmentationCache(new FindsNothing(), workspace.results());
      EncodingPipeline pipeline =
          new EncodingPipeline(encoder, EmbeddingStore.NONE, EncodingPipeline.Settings.DEFAULT);
      float[][] embeddings =
          new CampaignEncoder(pipeline, segmentations, Subject.NONE).encode(posts, RunContext.NONE);
      Files.delete(posts.get(7).picture());
      Nuisance nuisance =
          ColourCasts.of(
              posts, embeddings, segmentations, pipeline, Subject.NONE, 3, RunContext.NONE);
      assertThat(nuisance.directions()).isNotEmpty();
      for (Post post : posts.subList(10, 35)) {
        Files.delete(post.picture());
      }
      assertThatThrownBy(
              () ->
                  ColourCasts.of(
                      posts, embeddings, segmentations, pipeline, Subject.NONE, 3, RunContext.NONE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("12.png");
    }
  }

  private static float[] cast(EncodingPipeline pipeline, Post post) {
    Picture picture = PictureReader.DEFAULT.read(post.picture());
    Mask all = Mask.full(picture.width(), picture.height());
    EditRequest request = new EditRequest(picture, new Segmentation(List.of()), all, 0);
    Picture tinted = new Tone("#c4121a", .15, false).edit(request, RunContext.NONE).picture();
    return pipeline.encode(
            List.of(new EncodingItem("cast", "cast", step -> new View(tinted, Optional.empty()))),
            RunContext.NONE)
        .orThrow()[0];
  }

  private static double distance(float[] a, float[] b, Nuisance nuisance) {
    double squares = 0;
    for (int k = 0; k < a.length; k++) {
      if (nuisance.sds()[k] > 0 && !Float.isNaN(a[k])) {
        squares += Math.pow((a[k] - b[k]) / nuisance.sds()[k], 2);
      }
    }
    return Math.sqrt(squares);
  }
}
