package dev.anvil.store;

import dev.anvil.InvalidInputException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** All stores in memory. */
public final class MemoryStores implements Stores {
  private record Embeddings(int dimension, EmbeddingStore rows) {}

  private final PostStore posts = new MemoryPostStore();
  private final ResultStore results = new MemoryResultStore();
  private final Map<String, Embeddings> embeddings = new HashMap<>();
  private final BlobStore blobs;
  private final ArtefactStore artefacts;
  private final Ledger runs;

  /**
   * Empty stores.
   *
   * @param folder where blobs are written that somebody asks the path of
   */
  public MemoryStores(Path folder, Clock clock) {
    this.blobs = new MemoryBlobStore(folder);
    this.artefacts = new MemoryArtefactStore(blobs);
    this.runs = new RowLedger(new MemoryRunRows(), artefacts, clock);
  }

  @Override
  public PostStore posts() {
    return posts;
  }

  @Override
  public Ledger runs() {
    return runs;
  }

  @Override
  public ArtefactStore artefacts() {
    return artefacts;
  }

  @Override
  public ResultStore results() {
    return results;
  }

  @Override
  public BlobStore blobs() {
    return blobs;
  }

  @Override
  public synchronized EmbeddingStore embeddings(String encoder, int dimension) {
    Embeddings found =
        embeddings.computeIfAbsent(
            encoder, e -> new Embeddings(dimension, new MemoryEmbeddingStore(dimension)));
    if (found.dimension() != dimension) {
      throw new InvalidInputException(
          encoder,
          "found embeddings of %d floats; expected %d".formatted(found.dimension(), dimension));
    }
    return found.rows();
  }
}
