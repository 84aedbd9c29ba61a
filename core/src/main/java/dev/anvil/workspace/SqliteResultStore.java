package dev.anvil.workspace;

import dev.anvil.Problem;
import dev.anvil.store.ResultStore;
import java.sql.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Results in the workspace's database, each with a checksum of its kind, key and value. */
final class SqliteResultStore implements ResultStore {
  private static final String PUT = "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)";

  private final Database database;
  private final Consumer<Problem> damage;

  /**
   * A store.
   *
   * @param damage is told of each damaged value that was asked for
   */
  SqliteResultStore(Database database, Consumer<Problem> damage) {
    this.database = database;
    this.damage = damage;
  }

  private record Value(byte[] bytes, long checksum) {}

  @Override
  public Optional<byte[]> bytes(String kind, String key) {
    Optional<Value> found =
        database.first(
            "SELECT value, checksum FROM results WHERE kind = ? AND key = ?",
            row -> new Value(row.getBytes(1), row.getLong(2)),
            kind,
            key);
    if (found.filter(value -> checksum(kind, key, value.bytes()) != value.checksum()).isPresent()) {
      damage.accept(
          new Problem(
              "%s %s".formatted(kind, key),
              "found that the workspace keeps it damaged; it is made anew"));
      return Optional.empty();
    }
    return found.map(Value::bytes);
  }

  @Override
  public void putAll(String kind, Map<String, byte[]> values) {
    database.write(
        connection -> {
          try (PreparedStatement put = connection.prepareStatement(PUT)) {
            for (Map.Entry<String, byte[]> entry : values.entrySet()) {
              byte[] value = entry.getValue();
              Database.bind(
                  put, kind, entry.getKey(), value, checksum(kind, entry.getKey(), value));
              put.addBatch();
            }
            return put.executeBatch().length;
          }
        });
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<Map.Entry<String, Long>> rows =
        database.query(
            "SELECT kind, COUNT(*) FROM results GROUP BY kind ORDER BY kind",
            row -> Map.entry(row.getString(1), row.getLong(2)));
    rows.forEach(row -> counts.put(row.getKey(), row.getValue()));
    return counts;
  }

  static long checksum(String kind, String key, byte[] value) {
    return Checksum.of(kind, key, value);
  }
}
