package dev.anvil.workspace;

import dev.anvil.store.DamagedException;
import dev.anvil.store.PostStore;
import dev.anvil.store.StoredPost;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Campaigns in the workspace's database, each with its number of posts, each post with a checksum.
 */
final class SqlitePostStore implements PostStore {
  private final Database database;

  SqlitePostStore(Database database) {
    this.database = database;
  }

  @Override
  public void save(String campaign, String source, List<StoredPost> posts) {
    database.write(
        connection -> {
          Database.update(connection, "DELETE FROM campaigns WHERE name = ?", campaign);
          Database.update(
              connection,
              "INSERT INTO campaigns (name, source, saved, posts) VALUES (?, ?, ?, ?)",
              campaign,
              source,
              Instant.now().toString(),
              posts.size());
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (StoredPost post : posts) {
              Database.bind(
                  insert,
                  campaign,
                  post.id(),
                  post.creative(),
                  post.picture(),
                  post.time(),
                  post.metrics(),
                  post.metadata(),
                  checksum(campaign, post));
              insert.addBatch();
            }
            insert.executeBatch();
          }
          return posts.size();
        });
  }

  /** The checksum that a post's row ought to have. */
  static long checksum(String campaign, StoredPost post) {
    return Checksum.of(
        campaign,
        post.id(),
        post.creative(),
        post.picture(),
        post.time(),
        post.metrics(),
        post.metadata());
  }

  private record Row(StoredPost post, long checksum) {}

  @Override
  public Optional<List<StoredPost>> load(String campaign) {
    return database.write(
        connection -> {
          Optional<Integer> count =
              Database.query(
                      connection,
                      "SELECT posts FROM campaigns WHERE name = ?",
                      row -> row.getInt(1),
                      campaign)
                  .stream()
                  .findFirst();
          List<Row> rows =
              Database.query(
                  connection,
                  """
                  SELECT id, creative, picture, time, metrics, metadata, checksum
                  FROM posts WHERE campaign = ? ORDER BY time, id
                  """,
                  row -> new Row(post(row), row.getLong("checksum")),
                  campaign);
          return count.map(expected -> whole(campaign, expected, rows));
        });
  }

  private static List<StoredPost> whole(String campaign, int expected, List<Row> rows) {
    for (Row row : rows) {
      if (checksum(campaign, row.post()) != row.checksum()) {
        throw damaged(campaign, "found that post %s is damaged".formatted(row.post().id()));
      }
    }
    if (rows.size() != expected) {
      throw damaged(campaign, "found %d posts of %d".formatted(rows.size(), expected));
    }
    return rows.stream().map(Row::post).toList();
  }

  private static DamagedException damaged(String campaign, String found) {
    return new DamagedException("campaign " + campaign, found + "; import it again");
  }

  /** A post's row. */
  static StoredPost post(ResultSet row) throws SQLException {
    return new StoredPost(
        row.getString("id"),
        row.getString("creative"),
        row.getString("picture"),
        row.getString("time"),
        row.getString("metrics"),
        row.getString("metadata"));
  }

  @Override
  public List<String> names() {
    return database.query(
        "SELECT name FROM campaigns ORDER BY saved DESC, name", row -> row.getString(1));
  }

  @Override
  public Optional<String> source(String campaign) {
    return database.first(
        "SELECT source FROM campaigns WHERE name = ?", row -> row.getString(1), campaign);
  }
}
