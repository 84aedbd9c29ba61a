package dev.anvil.workspace;

import static java.util.Objects.requireNonNull;

import dev.anvil.store.EmbeddingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The embeddings of one encoder: rows of float32 by the SHA-256 of what they were made of.
 *
 * <p>Rows are appended to memory-mapped chunks below 2 GiB, each row with its key and a checksum,
 * and never change. Bits are preserved, those of NaN too. Any number of processes may read while
 * one appends; writers wait for each other. When {@link #put} returns, the rows are on disk; a row
 * that a killed process left torn is not seen and is written over.
 */
public final class FileEmbeddingStore implements EmbeddingStore, AutoCloseable {
  private final Path folder;
  private final int dimension;
  private final long maxChunkBytes;
  private final List<EmbeddingChunk> chunks = new ArrayList<>();
  private final Map<Key, Row> index = new HashMap<>();

  private FileEmbeddingStore(Path folder, int dimension, long maxChunkBytes) {
    this.folder = folder;
    this.dimension = dimension;
    this.maxChunkBytes = maxChunkBytes;
  }

  /**
   * Opens or creates the embeddings in a folder.
   *
   * @param dimension floats per row, at least 1
   */
  static FileEmbeddingStore open(Path folder, int dimension) {
    return open(folder, dimension, Integer.MAX_VALUE);
  }

  static FileEmbeddingStore open(Path folder, int dimension, long maxChunkBytes) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension is " + dimension + "; expected 1 or more");
    }
    FileEmbeddingStore file = new FileEmbeddingStore(folder, dimension, maxChunkBytes);
    try {
      Files.createDirectories(folder);
      file.refresh();
      return file;
    } catch (IOException e) {
      file.close();
      throw file.failed(e);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Floats per row of the embeddings in a folder; empty when none was written yet.
   *
   * @throws dev.anvil.InvalidInputException when its first file is not one of embeddings
   */
  static Optional<Integer> dimensionOf(Path folder) throws IOException {
    Path first = folder.resolve("00000.f32");
    return Files.exists(first) && EmbeddingChunk.hasHeader(first)
        ? Optional.of(EmbeddingChunk.dimension(first))
        : Optional.empty();
  }

  private record Key(long a, long b, long c, long d) {
    static Key of(String hash) {
      FileBlobStore.requireHash(hash);
      return new Key(
          Long.parseUnsignedLong(hash, 0, 16, 16),
          Long.parseUnsignedLong(hash, 16, 32, 16),
          Long.parseUnsignedLong(hash, 32, 48, 16),
          Long.parseUnsignedLong(hash, 48, 64, 16));
    }
  }

  private record Row(EmbeddingChunk chunk, long offset) {}

  /** Floats per row. */
  public int dimension() {
    return dimension;
  }

  /** Number of rows that this process knows of. */
  public synchronized int size() {
    return index.size();
  }

  /** Number of rows whose checksum is wrong though later rows are sound; they count as absent. */
  public synchronized long damaged() {
    return chunks.stream().mapToLong(EmbeddingChunk::damaged).sum();
  }

  /** A row, also when another process has written it since this file was opened. */
  @Override
  public synchronized Optional<float[]> get(String key) {
    try {
      Optional<Row> row = find(Key.of(key));
      return row.isEmpty()
          ? Optional.empty()
          : Optional.of(row.get().chunk().read(row.get().offset()));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  public synchronized boolean contains(String key) {
    try {
      return find(Key.of(key)).isPresent();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Appends rows in the map's order; a key that is there already keeps its row.
   *
   * @param rows key to {@link #dimension()} floats
   */
  @Override
  public synchronized void put(Map<String, float[]> rows) {
    rows.forEach(this::requireFits);
    try (WriteLock lock = WriteLock.on(folder.resolve("write.lock"))) {
      requireNonNull(lock);
      refresh();
      Map<String, float[]> absent = new LinkedHashMap<>();
      rows.forEach(
          (key, row) -> {
            if (!index.containsKey(Key.of(key))) {
              absent.put(key, row);
            }
          });
      append(List.copyOf(absent.entrySet()));
      refresh();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void append(List<Map.Entry<String, float[]>> rows) throws IOException {
    for (int from = 0; from < rows.size(); ) {
      if (chunks.isEmpty() || lastChunk().rowsLeft(maxChunkBytes) == 0) {
        chunks.add(EmbeddingChunk.create(chunkPath(chunks.size()), dimension));
      }
      int left = lastChunk().rowsLeft(maxChunkBytes);
      if (left == 0) {
        throw new IllegalArgumentException("a row of %d floats fits no chunk".formatted(dimension));
      }
      int to = Math.min(rows.size(), from + left);
      lastChunk().append(rows.subList(from, to));
      from = to;
      refresh();
    }
  }

  private Optional<Row> find(Key key) throws IOException {
    Row known = index.get(key);
    if (known == null) {
      refresh();
    }
    return Optional.ofNullable(index.get(key));
  }

  /** Takes note of rows that were appended since the last look. */
  private void refresh() throws IOException {
    if (!chunks.isEmpty()) {
      scan(lastChunk());
    }
    for (Path next = chunkPath(chunks.size());
        Files.exists(next) && EmbeddingChunk.hasHeader(next);
        next = chunkPath(chunks.size())) {
      chunks.add(EmbeddingChunk.open(next, dimension));
      scan(lastChunk());
    }
  }

  private void scan(EmbeddingChunk chunk) throws IOException {
    chunk.scan(
        (key, offset) ->
            index.putIfAbsent(
                new Key(key.getLong(), key.getLong(), key.getLong(), key.getLong()),
                new Row(chunk, offset)));
  }

  private EmbeddingChunk lastChunk() {
    return chunks.get(chunks.size() - 1);
  }

  private Path chunkPath(int number) {
    return folder.resolve(String.format(Locale.ROOT, "%05d.f32", number));
  }

  private void requireFits(String key, float[] row) {
    FileBlobStore.requireHash(key);
    if (row.length != dimension) {
      throw new IllegalArgumentException(
          "found a row of %d floats; expected %d".formatted(row.length, dimension));
    }
  }

  private WorkspaceException failed(IOException e) {
    return new WorkspaceException(
        folder + ": embeddings cannot be read or written (" + e.getMessage() + ")", e);
  }

  @Override
  public synchronized void close() {
    try {
      for (EmbeddingChunk chunk : chunks) {
        chunk.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
