package dev.anvil.store;

import java.util.Map;
import java.util.Optional;

/**
 * The embeddings of one encoder: rows of float32 by the SHA-256 of what they were made of. Rows
 * never change; bits are preserved, those of NaN too. Safe for use from several threads.
 */
public interface EmbeddingStore {
  /** Keeps nothing. */
  EmbeddingStore NONE =
      new EmbeddingStore() {
        @Override
        public Optional<float[]> get(String key) {
          return Optional.empty();
        }

        @Override
        public void put(Map<String, float[]> rows) {}
      };

  /** A row; empty when there is none, or none that is whole. */
  Optional<float[]> get(String key);

  /** Keeps rows in the map's order; a key that is there already keeps its row. */
  void put(Map<String, float[]> rows);
}
