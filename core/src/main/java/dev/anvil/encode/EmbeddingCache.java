package dev.anvil.encode;

import dev.anvil.workspace.EmbeddingFile;
import java.util.Map;
import java.util.Optional;

/** Remembers the embeddings of one encoder by a SHA-256 key. Safe for use from several threads. */
public interface EmbeddingCache {
  /** Remembers nothing. */
  EmbeddingCache NONE =
      new EmbeddingCache() {
        @Override
        public Optional<float[]> get(String key) {
          return Optional.empty();
        }

        @Override
        public void put(Map<String, float[]> rows) {}
      };

  Optional<float[]> get(String key);

  void put(Map<String, float[]> rows);

  /** Remembers on disk. */
  static EmbeddingCache in(EmbeddingFile file) {
    return new EmbeddingCache() {
      @Override
      public Optional<float[]> get(String key) {
        return file.get(key);
      }

      @Override
      public void put(Map<String, float[]> rows) {
        file.put(rows);
      }
    };
  }
}
