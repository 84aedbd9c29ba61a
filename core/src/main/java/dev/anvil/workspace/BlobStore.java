package dev.anvil.workspace;

import dev.anvil.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files named by the SHA-256 of their bytes, in folders by the first two digits.
 *
 * <p>A blob is written beside its place, forced to disk and renamed, so that a name always has its
 * whole bytes. Reading compares them with the name. Safe for use from several threads and
 * processes.
 */
public final class BlobStore {
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;
  private final Path unfinished;

  private BlobStore(Path folder) {
    this.folder = folder;
    this.unfinished = folder.resolve("unfinished");
  }

  /** Opens or creates a store and clears away what a killed process left unfinished long ago. */
  static BlobStore open(Path folder) throws IOException {
    BlobStore store = new BlobStore(folder);
    Files.createDirectories(store.unfinished);
    Instant limit = Instant.now().minus(ABANDONED);
    try (Stream<Path> files = Files.list(store.unfinished)) {
      for (Path file : files.toList()) {
        // lastModified is 0 for a file that another process has just finished or cleared.
        if (Instant.ofEpochMilli(file.toFile().lastModified()).isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    }
    return store;
  }

  /**
   * Keeps bytes; when this returns they outlive the process.
   *
   * @return their SHA-256
   */
  public String put(byte[] bytes) {
    String hash = Sha256.of(bytes);
    Path place = path(hash);
    if (Files.exists(place)) {
      return hash;
    }
    try {
      Path written = Files.createTempFile(unfinished, hash.substring(0, 8), ".part");
      try {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
          channel.force(true);
        }
        Files.createDirectories(place.getParent());
        Files.move(
            written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
      return hash;
    } catch (IOException e) {
      throw new WorkspaceException(place + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  /** The bytes of a blob, compared with their name. */
  public Optional<byte[]> get(String hash) {
    Path place = path(hash);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(place);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!Sha256.of(bytes).equals(hash)) {
      throw new WorkspaceException(
          place + ": does not have the bytes that its name promises; delete it and run again");
    }
    return Optional.of(bytes);
  }

  public boolean contains(String hash) {
    return Files.exists(path(hash));
  }

  /** Where a blob is or would be. */
  public Path path(String hash) {
    requireHash(hash);
    return folder.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
  }

  /** Names of all blobs, sorted. */
  public List<String> list() {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .map(file -> file.getParent().getFileName() + "" + file.getFileName())
          .filter(BlobStore::isHash)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void requireHash(String hash) {
    if (!isHash(hash)) {
      throw new IllegalArgumentException(
          "found \"%s\"; expected a SHA-256 of 64 lower-case digits".formatted(hash));
    }
  }

  private static boolean isHash(String text) {
    return text.matches("[0-9a-f]{64}");
  }
}
