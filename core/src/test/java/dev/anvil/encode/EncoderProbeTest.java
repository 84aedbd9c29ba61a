package dev.anvil.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.store.EmbeddingStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncoderProbeTest {
  /** Gives mean red, green and blue of a picture, or what a faulty network would. */
  private static class Means implements Encoder {
    private record Ready(float[] row) implements Prepared {}

    @Override
    public String id() {
      return "means-v1";
    }

    @Override
    public List<Block> blocks() {
      return List.of(new Block("whole", 3), new Block("place", 1));
    }

    @Override
    public Prepared prepare(View view) {
      float[] row = new float[4];
      byte[] rgb = view.picture().rgb();
      for (int i = 0; i < rgb.length; i++) {
        row[i % 3] += (rgb[i] & 255) * 3f / rgb.length;
      }
      row[3] = Float.NaN;
      return new Ready(row);
    }

    @Override
    public float[][] infer(List<Prepared> batch, RunContext context) {
      return batch.stream().map(p -> ((Ready) p).row().clone()).toArray(float[][]::new);
    }

    @Override
    public void close() {}
  }

  private static final class Constant extends Means {
    @Override
    public float[][] infer(List<Prepared> batch, RunContext context) {
      return batch.stream().map(p -> new float[] {1, 2, 3, 4}).toArray(float[][]::new);
    }
  }

  private static final class NanOnBright extends Means {
    @Override
    public float[][] infer(List<Prepared> batch, RunContext context) {
      float[][] rows = super.infer(batch, context);
      for (float[] row : rows) {
        row[1] = row[0] > 200 ? Float.NaN : row[1];
      }
      return rows;
    }
  }

  private static final class MeansOfBatch extends Means {
    @Override
    public float[][] infer(List<Prepared> batch, RunContext context) {
      float[][] rows = super.infer(batch, context);
      for (float[] row : rows) {
        row[0] -= rows[0][0];
      }
      return rows;
    }
  }

  private static final class FailsOnTall extends Means {
    @Override
    public Prepared prepare(View view) {
      if (view.picture().height() > 100) {
        throw new NegativeArraySizeException("-5");
      }
      return super.prepare(view);
    }
  }

  private static EncodingItem item(int grey, int height) {
    byte[] rgb = new byte[4 * height * 3];
    Arrays.fill(rgb, (byte) grey);
    Picture picture = new Picture(4, height, rgb);
    return new EncodingItem(
        grey + " " + height, grey + ".png", step -> new View(picture, Optional.empty()));
  }

  private static Encoded encode(Encoder encoder, List<EncodingItem> items) {
    return new EncodingPipeline(encoder, EmbeddingStore.NONE, EncodingPipeline.Settings.DEFAULT)
        .encode(items, RunContext.NONE);
  }

  @Test
  void aSoundEncoderHasNoProblems() {
    assertThat(EncoderProbe.problems(new Means())).isEmpty();
  }

  @Test
  void findsAnEncoderThatDoesNotLookAtThePicture() {
    assertThat(EncoderProbe.problems(new Constant()))
        .singleElement()
        .asString()
        .contains("means-v1: found the same embedding for a white picture");
  }

  @Test
  void namesThePictureOfANumberThatIsNone() {
    assertThat(EncoderProbe.problems(new NanOnBright()).get(0).toString())
        .startsWith("a white picture: found that means-v1 gives 1 of 3 values");
  }

  @Test
  void findsAnEncoderWhoseRowsDependOnEachOther() {
    assertThat(EncoderProbe.problems(new MeansOfBatch()).get(0).message())
        .contains("another embedding beside other pictures than alone");
  }

  @Test
  void aPictureWithoutNumbersIsNamedAndTheOthersAreEncoded() {
    List<EncodingItem> items =
        IntStream.range(0, 20).mapToObj(i -> item(i == 7 ? 255 : 5 * i, 4)).toList();
    Encoded found = encode(new NanOnBright(), items);
    assertThat(found.present()).hasNumberOfRows(19);
    assertThat(found.problems())
        .singleElement()
        .asString()
        .startsWith("255.png: found that means-v1 gives 1 of 3 values that are no finite numbers");
    assertThat(found.presentOf(items)).hasSize(19).doesNotContain(items.get(7));
  }

  @Test
  void aPictureThatTheEncoderCannotLookAtIsNamedAndTheOthersAreEncoded() {
    List<EncodingItem> items = new ArrayList<>(List.of(item(10, 4), item(20, 101), item(30, 4)));
    Encoded found = encode(new FailsOnTall(), items);
    assertThat(found.present()).hasNumberOfRows(2);
    assertThat(found.problems().get(0).toString())
        .startsWith("20.png: found that means-v1 cannot look at it");
  }

  @Test
  void oneFailureInABatchCostsOnlyThatPicture() {
    Encoder failing =
        new Means() {
          @Override
          public float[][] infer(List<Prepared> batch, RunContext context) {
            float[][] rows = super.infer(batch, context);
            for (float[] row : rows) {
              if (row[0] == 200) {
                throw new IllegalStateException("too bright");
              }
            }
            return rows;
          }
        };
    List<EncodingItem> items =
        IntStream.range(0, 12).mapToObj(i -> item(i == 5 ? 200 : i, 4)).toList();
    assertThat(encode(failing, items).present()).hasNumberOfRows(11);
    assertThatThrownBy(() -> encode(failing, List.of(item(200, 4))))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("means-v1 encodes no picture");
  }

  @Test
  void refusesConstantEmbeddingsWhereTheEncoderIsToBlame() {
    float[][] same = {{1, 2, 3, 4}, {1, 2, 3, 4}};
    assertThatThrownBy(() -> EncoderProbe.requireVariation(new Constant(), same))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not look at the picture");
    assertThatCode(() -> EncoderProbe.requireVariation(new Means(), same))
        .doesNotThrowAnyException();
  }
}
