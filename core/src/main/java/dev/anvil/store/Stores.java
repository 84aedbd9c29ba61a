package dev.anvil.store;

/**
 * All that is kept of one piece of work, each behind its port. Safe for use from several threads.
 */
public interface Stores {
  PostStore posts();

  Ledger runs();

  ArtefactStore artefacts();

  ResultStore results();

  BlobStore blobs();

  /**
   * The embeddings of one encoder.
   *
   * @param encoder the encoder's id
   * @param dimension floats per embedding
   * @throws dev.anvil.InvalidInputException when embeddings of another dimension are kept under
   *     that id
   */
  EmbeddingStore embeddings(String encoder, int dimension);
}
