package dev.anvil.workspace;

import dev.anvil.store.EmbeddingStore;
import dev.anvil.store.EmbeddingStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileEmbeddingContractTest extends EmbeddingStoreContract {
  @TempDir Path temp;
  private FileEmbeddingStore embeddings;

  @BeforeEach
  void open() {
    embeddings = FileEmbeddingStore.open(temp, 2);
  }

  @AfterEach
  void close() {
    embeddings.close();
  }

  @Override
  protected EmbeddingStore embeddings() {
    return embeddings;
  }
}
