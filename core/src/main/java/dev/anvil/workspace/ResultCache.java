package dev.anvil.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Results of long work, by what they were made of.
 *
 * <p>A key names the whole of a result's inputs by hash (creative, network, settings), so that a
 * result that is found never needs to be checked for age. Putting a key again replaces its value.
 */
public final class ResultCache {
  private static final String PUT = "INSERT OR REPLACE INTO results VALUES (?, ?, ?)";

  private final Database database;

  ResultCache(Database database) {
    this.database = database;
  }

  /**
   * The text (JSON) of a result.
   *
   * @param kind what sort of result, for example {@code segmentation}
   * @param key hash of everything that the result depends on
   */
  public Optional<String> get(String kind, String key) {
    return bytes(kind, key).map(value -> new String(value, UTF_8));
  }

  /** The bytes of a result. */
  public Optional<byte[]> bytes(String kind, String key) {
    return database.first(
        "SELECT value FROM results WHERE kind = ? AND key = ?", row -> row.getBytes(1), kind, key);
  }

  /** Keeps a result's text; when this returns, the result outlives the process. */
  public void put(String kind, String key, String value) {
    put(kind, key, value.getBytes(UTF_8));
  }

  /** Keeps a result's bytes; when this returns, the result outlives the process. */
  public void put(String kind, String key, byte[] value) {
    putAll(kind, Map.of(key, value));
  }

  /** Keeps several results in one transaction, which is much quicker than one by one. */
  public void putAll(String kind, Map<String, byte[]> values) {
    database.write(
        connection -> {
          try (PreparedStatement put = connection.prepareStatement(PUT)) {
            for (Map.Entry<String, byte[]> entry : values.entrySet()) {
              Database.bind(put, kind, entry.getKey(), entry.getValue());
              put.addBatch();
            }
            return put.executeBatch().length;
          }
        });
  }

  /** Number of results per kind, by name. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<Map.Entry<String, Long>> rows =
        database.query(
            "SELECT kind, COUNT(*) FROM results GROUP BY kind ORDER BY kind",
            row -> Map.entry(row.getString(1), row.getLong(2)));
    rows.forEach(row -> counts.put(row.getKey(), row.getValue()));
    return counts;
  }
}
