package dev.anvil.workspace;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The campaigns of a workspace and their posts. */
public final class PostTable {
  private final Database database;

  PostTable(Database database) {
    this.database = database;
  }

  /**
   * Replaces a campaign and all of its posts in one transaction.
   *
   * @param source where the posts were read from, for people
   * @param kinds metric to what its values can be, as JSON
   */
  public void save(String campaign, String source, String kinds, List<StoredPost> posts) {
    database.write(
        connection -> {
          Database.update(connection, "DELETE FROM campaigns WHERE name = ?", campaign);
          Database.update(
              connection,
              "INSERT INTO campaigns (name, source, saved, kinds) VALUES (?, ?, ?, ?)",
              campaign,
              source,
              Instant.now().toString(),
              kinds);
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (StoredPost post : posts) {
              add(insert, campaign, post);
            }
            insert.executeBatch();
          }
          return posts.size();
        });
  }

  private static void add(PreparedStatement insert, String campaign, StoredPost post)
      throws SQLException {
    Database.bind(
        insert,
        campaign,
        post.id(),
        post.creative(),
        post.picture(),
        post.time(),
        post.metrics(),
        post.metadata());
    insert.addBatch();
  }

  /** Posts of a campaign by time, then id; empty when there is no such campaign. */
  public Optional<List<StoredPost>> load(String campaign) {
    return database
        .first("SELECT name FROM campaigns WHERE name = ?", row -> row.getString(1), campaign)
        .map(
            found ->
                database.query(
                    """
                    SELECT id, creative, picture, time, metrics, metadata
                    FROM posts WHERE campaign = ? ORDER BY time, id
                    """,
                    row ->
                        new StoredPost(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)),
                    campaign));
  }

  /** Names of the campaigns, the last saved first. */
  public List<String> names() {
    return database.query(
        "SELECT name FROM campaigns ORDER BY saved DESC, name", row -> row.getString(1));
  }

  /** What {@link #save} was told of a campaign's metrics; {} before that was kept. */
  public Optional<String> kinds(String campaign) {
    return database.first(
        "SELECT kinds FROM campaigns WHERE name = ?", row -> row.getString(1), campaign);
  }

  /** What {@link #save} was told about a campaign's source. */
  public Optional<String> source(String campaign) {
    return database.first(
        "SELECT source FROM campaigns WHERE name = ?", row -> row.getString(1), campaign);
  }
}
