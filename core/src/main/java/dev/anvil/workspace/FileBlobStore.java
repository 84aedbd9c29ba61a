package dev.anvil.workspace;

import dev.anvil.Sha256;
import dev.anvil.store.BlobStore;
import dev.anvil.store.DamagedException;
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
 * whole bytes. Reading compares them with the name.
 */
public final class FileBlobStore implements BlobStore {
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;
  private final Path unfinished;

  private FileBlobStore(Path folder) {
    this.folder = folder;
    this.unfinished = folder.resolve("unfinished");
  }

  /** Opens or creates a store and clears away what a killed process left unfinished long ago. */
  static FileBlobStore open(Path folder) throws IOException {
    FileBlobStore store = new FileBlobStore(folder);
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

  @Override
  public String put(byte[] bytes) {
    String hash = Sha256.of(bytes);
    Path place = path(hash);
    try {
      // a blob that was damaged since is written anew
      if (contentHash(hash).filter(hash::equals).isPresent()) {
        return hash;
      }
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

  @Override
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
      throw new DamagedException(
          place.toString(),
          "does not have the bytes that its name promises; anvil workspace repair deletes it, and"
              + " the same request makes it anew");
    }
    return Optional.of(bytes);
  }

  @Override
  public boolean isWhole(String hash) {
    return contentHash(hash).filter(hash::equals).isPresent();
  }

  /** Where blobs are while they are written. */
  Path unfinished() {
    return unfinished;
  }

  /** SHA-256 of the bytes that are kept under a name; empty when there are none. */
  Optional<String> contentHash(String hash) {
    if (!isHash(hash)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Sha256.of(path(hash)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean contains(String hash) {
    return Files.exists(path(hash));
  }

  @Override
  public Path path(String hash) {
    requireHash(hash);
    return folder.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
  }

  @Override
  public List<String> list() {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .map(file -> file.getParent().getFileName() + "" + file.getFileName())
          .filter(FileBlobStore::isHash)
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

  static boolean isHash(String text) {
    return text.matches("[0-9a-f]{64}");
  }
}
