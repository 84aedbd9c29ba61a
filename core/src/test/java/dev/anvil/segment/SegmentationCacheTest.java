package dev.anvil.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.image.Box;
import dev.anvil.image.ChangedPictureException;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureWriter;
import dev.anvil.onnx.Outputs;
import dev.anvil.onnx.Tensor;
import dev.anvil.store.MemoryResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationCacheTest {
  @TempDir Path folder;
  private final MemoryResultStore results = new MemoryResultStore();
  private final SegmentationCache cache = new SegmentationCache(new NamesGreys(), results);

  /** Finds one element, named after the grey of the first pixel. */
  private static class NamesGreys implements Segmenter {
    @Override
    public String id() {
      return "greys";
    }

    @Override
    public Segmentation segment(Picture picture, RunContext context) {
      Mask whole = Mask.full(picture.width(), picture.height());
      return new Segmentation(
          List.of(new Element("grey" + picture.get(0, 0, 0), 1, new Box(0, 0, 8, 8), whole)));
    }

    @Override
    public void close() {}
  }

  private static byte[] png(int grey) {
    byte[] rgb = new byte[8 * 8 * 3];
    Arrays.fill(rgb, (byte) grey);
    return PictureWriter.png(new Picture(8, 8, rgb));
  }

  private Post imported(String id, int grey) throws IOException {
    Path file = Files.write(folder.resolve(id + ".png"), png(grey));
    LocalDateTime time = LocalDateTime.of(2024, 1, 1, 0, 0);
    return new Post(id, Sha256.of(file), file, time, Map.of(), Map.of());
  }

  private static String label(Segmentation segmentation) {
    return segmentation.elements().get(0).label();
  }

  @Test
  void aPictureThatWasReplacedSinceItsImportIsRefusedAndNothingIsKeptOfIt() throws IOException {
    Post post = imported("p1", 10);
    Files.write(post.picture(), png(20));
    assertThatThrownBy(() -> cache.of(post))
        .isInstanceOf(ChangedPictureException.class)
        .hasMessage(
            "%s: has changed since it was recorded: found SHA-256 %s; expected %s. Restore the file, or record it anew: import the posts, or begin the run, again"
                .formatted(
                    post.picture(),
                    Sha256.of(png(20)).substring(0, 12),
                    post.creative().substring(0, 12)));
    assertThat(results.counts()).isEmpty();
    Files.write(post.picture(), png(10));
    assertThat(label(cache.of(post))).isEqualTo("grey10");
    assertThat(label(cache.of(post))).isEqualTo("grey10");
  }

  @Test
  void aPictureThatTheNetworkGivesNoNumbersForIsLeftOutAndNamed() throws IOException {
    Segmenter spoiltByWhite =
        new NamesGreys() {
          @Override
          public Segmentation segment(Picture picture, RunContext context) {
            float value = picture.get(0, 0, 0) == 255 ? Float.NaN : 1;
            Outputs.requireNumbers(
                "pack model", Map.of("logits", Tensor.of(new float[] {value}, 1)));
            return super.segment(picture, context);
          }
        };
    List<Post> posts = List.of(imported("p1", 10), imported("p2", 255));
    List<Problem> problems = new ArrayList<>();

    Map<Post, FoundLabels> labels =
        new SegmentationCache(spoiltByWhite, results).labels(posts, 1, RunContext.NONE, problems);

    assertThat(labels).containsOnlyKeys(posts.get(0));
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith(posts.get(1).picture().toString())
        .contains("pack model output logits: found 1 of 1 values that are no finite numbers");
  }

  @Test
  void everyPictureThatWasReplacedIsNamedAndTheOthersAreSegmented() throws IOException {
    List<Post> posts = List.of(imported("p1", 10), imported("p2", 20), imported("p3", 30));
    Files.write(posts.get(0).picture(), png(40));
    Files.write(posts.get(2).picture(), png(50));
    List<Problem> problems = new ArrayList<>();
    Map<Post, FoundLabels> labels = cache.labels(posts, 2, RunContext.NONE, problems);
    assertThat(labels)
        .isEqualTo(Map.of(posts.get(1), new FoundLabels(List.of("grey20"), List.of())));
    assertThat(problems)
        .extracting(Problem::where)
        .containsExactly(posts.get(0).picture().toString(), posts.get(2).picture().toString());
    assertThat(problems.get(0).message()).startsWith("has changed since it was recorded: found");
  }

  @Test
  void aPictureThatIsReplacedInTheMiddleOfARunIsRefusedFromThenOn() throws IOException {
    Post first = imported("p1", 10);
    Post second = imported("p2", 20);
    SegmentationCache replacing =
        new SegmentationCache(
            new NamesGreys() {
              @Override
              public Segmentation segment(Picture picture, RunContext context) {
                try {
                  Files.write(second.picture(), png(60));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
                return super.segment(picture, context);
              }
            },
            results);
    List<Problem> problems = new ArrayList<>();
    Map<Post, FoundLabels> labels =
        replacing.labels(List.of(first, second), 1, RunContext.NONE, problems);
    assertThat(labels).containsOnlyKeys(first);
    assertThat(problems).hasSize(1);
    Files.write(second.picture(), png(20));
    assertThat(label(cache.of(second))).isEqualTo("grey20");
  }
}
