package dev.anvil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Sha256;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of embeddings does; of two floats each. */
public abstract class EmbeddingStoreContract {
  private static final String KEY = Sha256.of("key");

  protected abstract EmbeddingStore embeddings() throws Exception;

  @Test
  void keepsTheBitsOfRows() throws Exception {
    EmbeddingStore embeddings = embeddings();
    float nan = Float.intBitsToFloat(0x7fc00abc);
    embeddings.put(Map.of(KEY, new float[] {nan, -0f}));
    float[] row = embeddings.get(KEY).orElseThrow();
    assertThat(Float.floatToRawIntBits(row[0])).isEqualTo(0x7fc00abc);
    assertThat(Float.floatToRawIntBits(row[1])).isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(embeddings.get(Sha256.of("other"))).isEmpty();
  }

  @Test
  void aRowNeverChanges() throws Exception {
    EmbeddingStore embeddings = embeddings();
    embeddings.put(Map.of(KEY, new float[] {1, 2}));
    embeddings.put(Map.of(KEY, new float[] {3, 4}));
    assertThat(embeddings.get(KEY)).contains(new float[] {1, 2});
  }

  @Test
  void refusesRowsOfAnotherLength() throws Exception {
    EmbeddingStore embeddings = embeddings();
    assertThatThrownBy(() -> embeddings.put(Map.of(KEY, new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found a row of 3 floats; expected 2");
  }
}
