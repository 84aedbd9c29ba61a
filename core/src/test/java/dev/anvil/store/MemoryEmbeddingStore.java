package dev.anvil.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Embeddings in memory. */
public final class MemoryEmbeddingStore implements EmbeddingStore {
  private final Map<String, float[]> rows = new HashMap<>();
  private final int dimension;

  public MemoryEmbeddingStore(int dimension) {
    this.dimension = dimension;
  }

  @Override
  public synchronized Optional<float[]> get(String key) {
    return Optional.ofNullable(rows.get(key)).map(float[]::clone);
  }

  @Override
  public synchronized void put(Map<String, float[]> added) {
    for (float[] row : added.values()) {
      if (row.length != dimension) {
        throw new IllegalArgumentException(
            "found a row of %d floats; expected %d".formatted(row.length, dimension));
      }
    }
    added.forEach((key, row) -> rows.putIfAbsent(key, row.clone()));
  }
}
