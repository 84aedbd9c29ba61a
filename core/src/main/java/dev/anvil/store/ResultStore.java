package dev.anvil.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;

/**
 * Results of long work, by what they were made of.
 *
 * <p>A key names the whole of a result's inputs by hash (creative, network, settings), so that a
 * result that is found never needs to be checked for age. Putting a key again replaces its value. A
 * value that is not what was put is never returned: it counts as absent, and whoever asked makes it
 * anew. Safe for use from several threads and processes.
 */
public interface ResultStore {
  /**
   * The bytes of a result; empty when there is none, or none that is whole.
   *
   * @param kind what sort of result, for example {@code segmentation}
   * @param key hash of everything that the result depends on
   */
  Optional<byte[]> bytes(String kind, String key);

  /** Keeps several results, all or none; when this returns, they outlive the process. */
  void putAll(String kind, Map<String, byte[]> values);

  /** Number of results per kind, by name. */
  Map<String, Long> counts();

  /** The text (JSON) of a result, as {@link #bytes}. */
  default Optional<String> get(String kind, String key) {
    return bytes(kind, key).map(value -> new String(value, UTF_8));
  }

  /** Keeps a result's text; when this returns, the result outlives the process. */
  default void put(String kind, String key, String value) {
    put(kind, key, value.getBytes(UTF_8));
  }

  /** Keeps a result's bytes; when this returns, the result outlives the process. */
  default void put(String kind, String key, byte[] value) {
    putAll(kind, Map.of(key, value));
  }
}
