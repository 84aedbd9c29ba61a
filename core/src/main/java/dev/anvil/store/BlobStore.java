package dev.anvil.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Bytes by their SHA-256. A name always has its whole bytes. Safe for use from several threads and
 * processes.
 */
public interface BlobStore {
  /**
   * Keeps bytes; when this returns they outlive the process. Bytes that were damaged meanwhile are
   * replaced.
   *
   * @return their SHA-256
   */
  String put(byte[] bytes);

  /**
   * The bytes of a blob, compared with their name; empty when there is no such blob.
   *
   * @throws DamagedException when the bytes are not those of the name
   */
  Optional<byte[]> get(String hash);

  /** Whether there is a blob of that name, with its bytes. */
  default boolean isWhole(String hash) {
    try {
      return get(hash).isPresent();
    } catch (DamagedException e) {
      return false;
    }
  }

  /** Whether there is a blob of that name, whole or damaged. */
  boolean contains(String hash);

  /**
   * A file with a blob's bytes. Whoever reads it compares its bytes with the name.
   *
   * @return where it is, or would be if there were such a blob
   */
  Path path(String hash);

  /** Names of all blobs, sorted. */
  List<String> list();
}
