package dev.anvil.workspace;

import dev.anvil.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What runs have made, by run and name: JSON in the database, files among the blobs. */
public final class ArtefactStore {
  private static final String PUT = "INSERT OR REPLACE INTO artefacts VALUES (?, ?, ?, ?)";

  private final Database database;
  private final BlobStore blobs;

  ArtefactStore(Database database, BlobStore blobs) {
    this.database = database;
    this.blobs = blobs;
  }

  /** Keeps JSON under a run; the same name again replaces it. */
  public void putJson(long run, String name, String json) {
    put(run, name, "json", json);
  }

  /**
   * Keeps bytes under a run; the same name again replaces them.
   *
   * @return the blob's SHA-256
   */
  public String putBlob(long run, String name, byte[] bytes) {
    String hash = blobs.put(bytes);
    put(run, name, "blob", hash);
    return hash;
  }

  public Optional<String> json(long run, String name) {
    return content(run, name, "json");
  }

  public Optional<byte[]> blob(long run, String name) {
    return content(run, name, "blob").flatMap(blobs::get);
  }

  /**
   * SHA-256 of the bytes that are kept under a name, which is not their blob's name when they were
   * damaged; empty when there is no such blob.
   */
  public Optional<String> blobHash(long run, String name) {
    Optional<Path> place = content(run, name, "blob").map(blobs::path).filter(Files::exists);
    try {
      return place.isEmpty() ? Optional.empty() : Optional.of(Sha256.of(place.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of a run's artefacts, sorted. */
  public List<String> names(long run) {
    return database.query(
        "SELECT name FROM artefacts WHERE run = ? ORDER BY name", row -> row.getString(1), run);
  }

  private void put(long run, String name, String type, String content) {
    database.write(
        connection -> {
          Database.update(connection, PUT, run, name, type, content);
          return run;
        });
  }

  private Optional<String> content(long run, String name, String type) {
    return database.first(
        "SELECT content FROM artefacts WHERE run = ? AND name = ? AND type = ?",
        row -> row.getString(1),
        run,
        name,
        type);
  }
}
