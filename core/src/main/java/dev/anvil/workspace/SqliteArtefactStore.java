package dev.anvil.workspace;

import dev.anvil.Sha256;
import dev.anvil.store.ArtefactStore;
import dev.anvil.store.DamagedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Artefacts of runs: JSON in the database, bytes among the blobs, each with its SHA-256. */
final class SqliteArtefactStore implements ArtefactStore {
  private static final String JSON = "json";
  private static final String BLOB = "blob";
  private static final String PUT = "INSERT OR REPLACE INTO artefacts VALUES (?, ?, ?, ?, ?)";
  private static final String SELECT = "SELECT name, type, content, sha256 FROM artefacts";

  private final Database database;
  private final FileBlobStore blobs;

  SqliteArtefactStore(Database database, FileBlobStore blobs) {
    this.database = database;
    this.blobs = blobs;
  }

  /**
   * A row.
   *
   * @param content JSON, or the name of a blob
   * @param hash of the JSON or the blob's bytes when they were put
   */
  private record Entry(String name, String type, String content, String hash) {}

  @Override
  public void putJson(long run, String name, String json) {
    put(run, new Entry(name, JSON, json, Sha256.of(json)));
  }

  @Override
  public String putBlob(long run, String name, byte[] bytes) {
    String hash = blobs.put(bytes);
    put(run, new Entry(name, BLOB, hash, hash));
    return hash;
  }

  @Override
  public Optional<String> json(long run, String name) {
    Optional<Entry> entry = entry(run, name, JSON);
    if (entry.filter(e -> !Sha256.of(e.content()).equals(e.hash())).isPresent()) {
      throw damaged(run, name);
    }
    return entry.map(Entry::content);
  }

  @Override
  public Optional<byte[]> blob(long run, String name) {
    Optional<Entry> entry = entry(run, name, BLOB);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String hash = entry.get().hash();
    if (!hash.equals(entry.get().content()) || !FileBlobStore.isHash(hash)) {
      throw damaged(run, name);
    }
    return Optional.of(blobs.get(hash).orElseThrow(() -> damaged(run, name)));
  }

  private static DamagedException damaged(long run, String name) {
    return new DamagedException(
        "artefact %s of run %d".formatted(name, run),
        "found that the workspace does not keep it as it was put; the same request makes it anew");
  }

  @Override
  public List<String> names(long run) {
    return List.copyOf(hashes(run).keySet());
  }

  @Override
  public Map<String, String> hashes(long run) {
    Map<String, String> hashes = new LinkedHashMap<>();
    database
        .query(SELECT + " WHERE run = ? ORDER BY name", SqliteArtefactStore::entry, run)
        .forEach(e -> hashes.put(e.name(), e.hash()));
    return hashes;
  }

  @Override
  public Optional<String> contentHash(long run, String name) {
    return database
        .first(SELECT + " WHERE run = ? AND name = ?", SqliteArtefactStore::entry, run, name)
        .flatMap(
            e ->
                e.type().equals(JSON)
                    ? Optional.of(Sha256.of(e.content()))
                    : blobs.contentHash(e.content()));
  }

  private void put(long run, Entry entry) {
    database.write(
        connection -> {
          Database.update(
              connection, PUT, run, entry.name(), entry.type(), entry.content(), entry.hash());
          return run;
        });
  }

  private Optional<Entry> entry(long run, String name, String type) {
    return database.first(
        SELECT + " WHERE run = ? AND name = ? AND type = ?",
        SqliteArtefactStore::entry,
        run,
        name,
        type);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
  }
}
