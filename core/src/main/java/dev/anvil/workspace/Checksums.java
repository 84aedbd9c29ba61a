package dev.anvil.workspace;

import dev.anvil.Sha256;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

/** Gives the values of a workspace that was written without checksums theirs. */
final class Checksums {
  private Checksums() {}

  /** What there is now is taken for what was put. */
  static void addAll(Connection connection) throws SQLException {
    addToResults(connection);
    addToCampaigns(connection);
    addToPosts(connection);
    addToArtefacts(connection);
    recordArtefacts(connection);
    addToRuns(connection);
  }

  private static void addToResults(Connection connection) throws SQLException {
    // one at a time, since masks of a whole campaign would not fit into memory
    for (long row : Database.query(connection, "SELECT rowid FROM results", r -> r.getLong(1))) {
      long checksum =
          Database.query(
                  connection,
                  "SELECT kind, key, value FROM results WHERE rowid = ?",
                  r -> SqliteResultStore.checksum(r.getString(1), r.getString(2), r.getBytes(3)),
                  row)
              .get(0);
      Database.update(connection, "UPDATE results SET checksum = ? WHERE rowid = ?", checksum, row);
    }
  }

  private static void addToCampaigns(Connection connection) throws SQLException {
    for (SqlitePostStore.Header campaign :
        Database.query(
            connection, "SELECT *, '' AS advice FROM campaigns", SqlitePostStore.Header::of)) {
      Database.update(
          connection,
          "UPDATE campaigns SET checksum = ? WHERE name = ?",
          campaign.checksum(),
          campaign.name());
    }
  }

  private record Post(String campaign, String id, long checksum) {
    static Post of(ResultSet row) throws SQLException {
      String campaign = row.getString("campaign");
      return new Post(
          campaign,
          row.getString("id"),
          SqlitePostStore.checksum(campaign, SqlitePostStore.post(row)));
    }
  }

  private static void addToPosts(Connection connection) throws SQLException {
    for (Post post : Database.query(connection, "SELECT * FROM posts", Post::of)) {
      Database.update(
          connection,
          "UPDATE posts SET checksum = ? WHERE campaign = ? AND id = ?",
          post.checksum(),
          post.campaign(),
          post.id());
    }
  }

  private record Artefact(long run, String name) {}

  private static void addToArtefacts(Connection connection) throws SQLException {
    Database.execute(connection, "UPDATE artefacts SET sha256 = content WHERE type = 'blob'");
    List<Artefact> texts =
        Database.query(
            connection,
            "SELECT run, name FROM artefacts WHERE type = 'json'",
            r -> new Artefact(r.getLong(1), r.getString(2)));
    for (Artefact text : texts) {
      String hash =
          Database.query(
                  connection,
                  "SELECT content FROM artefacts WHERE run = ? AND name = ?",
                  r -> Sha256.of(r.getString(1)),
                  text.run(),
                  text.name())
              .get(0);
      Database.update(
          connection,
          "UPDATE artefacts SET sha256 = ? WHERE run = ? AND name = ?",
          hash,
          text.run(),
          text.name());
    }
  }

  private static void recordArtefacts(Connection connection) throws SQLException {
    for (long run :
        Database.query(
            connection, "SELECT id FROM runs WHERE state = 'FINISHED'", r -> r.getLong(1))) {
      TreeMap<String, String> made = new TreeMap<>();
      Database.query(
          connection,
          "SELECT name, sha256 FROM artefacts WHERE run = ?",
          r -> made.put(r.getString(1), r.getString(2)),
          run);
      Database.update(
          connection, "UPDATE runs SET made = ? WHERE id = ?", SqliteRunRows.json(made), run);
    }
  }

  private record Row(long id, long checksum) {}

  private static void addToRuns(Connection connection) throws SQLException {
    for (Row run :
        Database.query(
            connection,
            "SELECT * FROM runs",
            r -> new Row(r.getLong("id"), SqliteRunRows.checksum(r)))) {
      Database.update(
          connection, "UPDATE runs SET checksum = ? WHERE id = ?", run.checksum(), run.id());
    }
  }
}
