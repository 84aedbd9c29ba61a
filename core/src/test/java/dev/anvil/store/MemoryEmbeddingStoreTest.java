package dev.anvil.store;

class MemoryEmbeddingStoreTest extends EmbeddingStoreContract {
  @Override
  protected EmbeddingStore embeddings() {
    return new MemoryEmbeddingStore(2);
  }
}
