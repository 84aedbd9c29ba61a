package dev.anvil.store;

import dev.anvil.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Blobs in memory; those that somebody asks the path of are written to a folder. */
public final class MemoryBlobStore implements BlobStore {
  private final Map<String, byte[]> blobs = new TreeMap<>();
  private final Path folder;

  public MemoryBlobStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized String put(byte[] bytes) {
    String hash = Sha256.of(bytes);
    blobs.put(hash, bytes.clone());
    return hash;
  }

  @Override
  public synchronized Optional<byte[]> get(String hash) {
    requireHash(hash);
    return Optional.ofNullable(blobs.get(hash)).map(byte[]::clone);
  }

  @Override
  public synchronized boolean contains(String hash) {
    return get(hash).isPresent();
  }

  @Override
  public synchronized Path path(String hash) {
    Path file = folder.resolve(hash);
    get(hash)
        .ifPresent(
            bytes -> {
              try {
                Files.write(file, bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return file;
  }

  @Override
  public synchronized List<String> list() {
    return List.copyOf(blobs.keySet());
  }

  private static void requireHash(String hash) {
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("found \"%s\"; expected a SHA-256".formatted(hash));
    }
  }
}
