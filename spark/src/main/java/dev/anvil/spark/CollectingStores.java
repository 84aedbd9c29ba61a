package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.Sha256;
import dev.anvil.store.ArtefactStore;
import dev.anvil.store.BlobStore;
import dev.anvil.store.EmbeddingStore;
import dev.anvil.store.Ledger;
import dev.anvil.store.PostStore;
import dev.anvil.store.ResultStore;
import dev.anvil.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The engine's stores within a batch on an executor: in memory, and what is put can be taken out as
 * rows. They have no campaigns, runs and artefacts, which are the driver's.
 */
final class CollectingStores implements Stores {
  /** Where a value is: a port, a kind, a key. */
  private record Place(Kept.Port port, String kind, String key) {}

  private final Path scratch;
  private final Map<Place, byte[]> given = new ConcurrentHashMap<>();
  private final ConcurrentMap<Place, byte[]> put = new ConcurrentHashMap<>();

  /**
   * Stores that know something.
   *
   * @param scratch folder for blobs that somebody reads as files
   * @param known what they know from the start
   */
  CollectingStores(Path scratch, List<Kept> known) {
    this.scratch = requireNonNull(scratch, "scratch is null");
    known.forEach(row -> given.put(new Place(row.port(), row.kind(), row.key()), row.value()));
  }

  /** What was put, ordered by port, kind and key. */
  List<Kept> collected() {
    Map<String, Kept> rows = new TreeMap<>();
    put.forEach(
        (at, value) ->
            rows.put(
                at.port() + "\u001f" + at.kind() + "\u001f" + at.key(),
                new Kept(at.port(), at.kind(), at.key(), value)));
    return new ArrayList<>(rows.values());
  }

  private Optional<byte[]> known(Place at) {
    return Optional.ofNullable(put.getOrDefault(at, given.get(at)));
  }

  @Override
  public ResultStore results() {
    return new ResultStore() {
      @Override
      public Optional<byte[]> bytes(String kind, String key) {
        return known(new Place(Kept.Port.RESULT, kind, key));
      }

      @Override
      public void putAll(String kind, Map<String, byte[]> values) {
        values.forEach((key, value) -> put.put(new Place(Kept.Port.RESULT, kind, key), value));
      }

      @Override
      public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        put.keySet().stream()
            .filter(at -> at.port() == Kept.Port.RESULT)
            .forEach(at -> counts.merge(at.kind(), 1L, Long::sum));
        return counts;
      }
    };
  }

  @Override
  public EmbeddingStore embeddings(String encoder, int dimension) {
    return new EmbeddingStore() {
      @Override
      public Optional<float[]> get(String key) {
        return known(new Place(Kept.Port.EMBEDDING, encoder, key)).map(Kept::floats);
      }

      @Override
      public void put(Map<String, float[]> rows) {
        rows.forEach(
            (key, row) ->
                put.putIfAbsent(
                    new Place(Kept.Port.EMBEDDING, encoder, key),
                    Kept.embedding(encoder, key, row).value()));
      }
    };
  }

  @Override
  public BlobStore blobs() {
    return new BlobStore() {
      @Override
      public String put(byte[] bytes) {
        String hash = Sha256.of(bytes);
        CollectingStores.this.put.put(new Place(Kept.Port.BLOB, "", hash), bytes);
        return hash;
      }

      @Override
      public Optional<byte[]> get(String hash) {
        return known(new Place(Kept.Port.BLOB, "", hash));
      }

      @Override
      public boolean contains(String hash) {
        return get(hash).isPresent();
      }

      /** The file is written when it is asked for. */
      @Override
      public Path path(String hash) {
        Path file = scratch.resolve(hash);
        get(hash).ifPresent(bytes -> write(file, bytes));
        return file;
      }

      @Override
      public List<String> list() {
        return put.keySet().stream()
            .filter(at -> at.port() == Kept.Port.BLOB)
            .map(Place::key)
            .sorted()
            .toList();
      }
    };
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PostStore posts() {
    throw ofDriver("campaigns");
  }

  @Override
  public Ledger runs() {
    throw ofDriver("runs");
  }

  @Override
  public ArtefactStore artefacts() {
    throw ofDriver("artefacts");
  }

  private static UnsupportedOperationException ofDriver(String what) {
    return new UnsupportedOperationException(what + " are kept by the driver alone");
  }
}
