package dev.anvil.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs have made, by run and name: JSON and bytes. Safe for use from several threads and
 * processes.
 */
public interface ArtefactStore {
  /** Keeps JSON under a run; the same name again replaces it. */
  void putJson(long run, String name, String json);

  /**
   * Keeps bytes under a run; the same name again replaces them.
   *
   * @return the blob's SHA-256
   */
  String putBlob(long run, String name, byte[] bytes);

  /**
   * The JSON of a name; empty when nothing, or bytes, were put under it.
   *
   * @throws DamagedException when it is not what was put
   */
  Optional<String> json(long run, String name);

  /**
   * The bytes of a name; empty when nothing, or JSON, was put under it.
   *
   * @throws DamagedException when they are gone, or not what was put
   */
  Optional<byte[]> blob(long run, String name);

  /** Names of a run's artefacts, sorted. */
  List<String> names(long run);

  /** SHA-256 of each artefact as it was put, by name. */
  Map<String, String> hashes(long run);

  /**
   * SHA-256 of what is there now, which is not what {@link #hashes} says when it was damaged; empty
   * when there is nothing.
   */
  Optional<String> contentHash(long run, String name);
}
