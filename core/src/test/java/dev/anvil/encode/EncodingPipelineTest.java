package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.anvil.CancelAfter;
import dev.anvil.CancelledException;
import dev.anvil.Counted;
import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.ProgressTree;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.encode.EncodingPipeline.Settings;
import dev.anvil.image.UnreadablePictureException;
import dev.anvil.packs.TinyPack;
import dev.anvil.store.EmbeddingStore;
import dev.anvil.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class EncodingPipelineTest {
  @TempDir Path folder;
  private Encoder encoder;
  private final AtomicInteger opened = new AtomicInteger();

  @BeforeEach
  void open() throws IOException {
    encoder = PackEncoder.open(TinyPack.encoder(folder.resolve("pack")).open(), 1);
  }

  @AfterEach
  void close() {
    encoder.close();
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,1,8", "2,2,8", "3,2,4", "1,4,100"})
  void keepsTheItemsOrderWhateverTheSettings(int decoders, int callers, int batch) {
    Encoded encoded =
        pipeline(EmbeddingStore.NONE, new Settings(decoders, callers, batch))
            .encode(items(37), RunContext.NONE);

    float[][] rows = encoded.orThrow();
    assertThat(rows).hasNumberOfRows(37);
    for (int i = 0; i < rows.length; i++) {
      assertThat(rows[i]).isEqualTo(alone(i));
    }
  }

  @Test
  void takesNothing() {
    assertThat(pipeline(EmbeddingStore.NONE).encode(List.of(), RunContext.NONE).orThrow())
        .isEmpty();
  }

  @Test
  void namesPicturesThatCannotBeOpenedAndEncodesTheOthers() {
    List<EncodingItem> items = new ArrayList<>(items(20));
    items.set(
        3,
        new EncodingItem(
            key(100),
            "torn.jpg",
            step -> {
              throw new UnreadablePictureException("torn.jpg", "found half a file; expected one");
            }));
    items.set(
        11,
        new EncodingItem(
            key(101),
            "lost.jpg",
            step -> {
              throw new IOException("disk gone");
            }));

    Encoded encoded = pipeline(EmbeddingStore.NONE).encode(items, RunContext.NONE);

    assertThat(encoded.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "torn.jpg: found half a file; expected one",
            "lost.jpg: found that it cannot be read (disk gone)");
    for (int i = 0; i < 20; i++) {
      assertThat(encoded.rows().get(i).isPresent()).isEqualTo(i != 3 && i != 11);
    }
    assertThat(encoded.rows().get(12).orElseThrow()).isEqualTo(alone(12));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(encoded::orThrow)
        .withMessageContaining("torn.jpg")
        .withMessageContaining("lost.jpg");
  }

  @Test
  void opensOnlyWhatIsNotKnown() {
    try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      EmbeddingStore cache = workspace.embeddings(encoder.id(), encoder.dimension());
      float[][] first = pipeline(cache).encode(items(10), RunContext.NONE).orThrow();
      assertThat(opened).hasValue(10);

      float[][] second = pipeline(cache).encode(items(12), RunContext.NONE).orThrow();

      assertThat(opened).hasValue(12);
      for (int i = 0; i < 10; i++) {
        assertThat(second[i]).isEqualTo(first[i]);
      }
    }
  }

  @Test
  void encodesEqualKeysOnce() {
    List<EncodingItem> items = new ArrayList<>(items(3));
    items.addAll(items(3));
    float[][] rows = pipeline(EmbeddingStore.NONE).encode(items, RunContext.NONE).orThrow();
    assertThat(opened).hasValue(3);
    assertThat(rows[3]).isEqualTo(rows[0]);
  }

  @Test
  void reportsAStepForEveryPicture() {
    AtomicLong steps = new AtomicLong();
    ProgressTree tree = new ProgressTree();
    pipeline(EmbeddingStore.NONE).encode(items(21), RunContext.of(new Counted(steps)));
    pipeline(EmbeddingStore.NONE).encode(items(21), RunContext.of(tree));
    assertThat(steps).hasValue(21);
    assertThat(tree.snapshot())
        .singleElement()
        .satisfies(
            node -> {
              assertThat(node.name()).isEqualTo("encode");
              assertThat(node.total()).hasValue(21);
              assertThat(node.done()).isEqualTo(21);
            });
  }

  @Test
  void aFaultOfTheProgramIsNotBlamedOnThePicture() {
    List<EncodingItem> items = new ArrayList<>(items(20));
    items.set(
        3,
        new EncodingItem(
            key(100),
            "car.jpg",
            step -> {
              throw new IndexOutOfBoundsException("index 7");
            }));
    assertThatExceptionOfType(InternalException.class)
        .isThrownBy(() -> pipeline(EmbeddingStore.NONE).encode(items, RunContext.NONE))
        .withMessageContaining("car.jpg")
        .withCauseInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void whatWasEncodedBeforeACancellationIsKept() throws IOException {
    try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
      EmbeddingStore cache = workspace.embeddings(encoder.id(), encoder.dimension());
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(() -> pipeline(cache).encode(items(400), CancelAfter.steps(40)));
      int before = opened.getAndSet(0);
      assertThat(before).isBetween(40, 200);

      float[][] rows = pipeline(cache).encode(items(400), RunContext.NONE).orThrow();

      assertThat(opened.get()).isLessThanOrEqualTo(360);
      assertThat(rows[399]).isEqualTo(alone(399));
    }
  }

  @Test
  void endsWhenTheCacheFails() {
    EmbeddingStore full =
        new EmbeddingStore() {
          @Override
          public Optional<float[]> get(String key) {
            return Optional.empty();
          }

          @Override
          public void put(Map<String, float[]> rows) {
            throw new IllegalStateException("disk full");
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> pipeline(full).encode(items(100), RunContext.NONE))
        .withMessage("disk full");
  }

  private EncodingPipeline pipeline(EmbeddingStore cache) {
    return pipeline(cache, Settings.DEFAULT);
  }

  private EncodingPipeline pipeline(EmbeddingStore cache, Settings settings) {
    return new EncodingPipeline(encoder, cache, settings);
  }

  private float[] alone(int i) {
    return encoder
        .infer(List.of(encoder.prepare(EncoderContract.view(i, i % 2 == 0))), RunContext.NONE)[0];
  }

  private List<EncodingItem> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new EncodingItem(
                    key(i),
                    i + ".jpg",
                    step -> {
                      opened.incrementAndGet();
                      return EncoderContract.view(i, i % 2 == 0);
                    }))
        .toList();
  }

  private static String key(int i) {
    return EncodingItem.key(Sha256.of("picture " + i), "");
  }
}
