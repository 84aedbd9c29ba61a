package dev.anvil.workspace;

import dev.anvil.store.DamagedException;
import dev.anvil.store.PostStore;
import dev.anvil.store.StoredPost;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Campaigns in the workspace's database; each campaign and each post has a checksum. */
final class SqlitePostStore implements PostStore {
  private final Database database;

  SqlitePostStore(Database database) {
    this.database = database;
  }

  /** A campaign's row. */
  record Header(String name, String source, String saved, String kinds, int posts, String advice) {
    static Header of(ResultSet row) throws SQLException {
      return new Header(
          row.getString("name"),
          row.getString("source"),
          row.getString("saved"),
          row.getString("kinds"),
          row.getInt("posts"),
          row.getString("advice"));
    }

    /** The checksum that the row ought to have. */
    long checksum() {
      return advice.isEmpty()
          ? Checksum.of(name, source, saved, kinds, Integer.toString(posts))
          : Checksum.of(name, source, saved, kinds, Integer.toString(posts), advice);
    }
  }

  @Override
  public void save(
      String campaign, String source, String kinds, String advice, List<StoredPost> posts) {
    Header header =
        new Header(campaign, source, Instant.now().toString(), kinds, posts.size(), advice);
    database.write(
        connection -> {
          Database.update(connection, "DELETE FROM campaigns WHERE name = ?", campaign);
          Database.update(
              connection,
              """
              INSERT INTO campaigns (name, source, saved, kinds, posts, advice, checksum)
              VALUES (?, ?, ?, ?, ?, ?, ?)
              """,
              header.name(),
              header.source(),
              header.saved(),
              header.kinds(),
              header.posts(),
              header.advice(),
              header.checksum());
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
          Optional<Header> header = header(connection, campaign);
          List<Row> rows =
              Database.query(
                  connection,
                  """
                  SELECT id, creative, picture, time, metrics, metadata, checksum
                  FROM posts WHERE campaign = ? ORDER BY time, id
                  """,
                  row -> new Row(post(row), row.getLong("checksum")),
                  campaign);
          return header.map(found -> whole(campaign, found.posts(), rows));
        });
  }

  private static Optional<Header> header(Connection connection, String campaign)
      throws SQLException {
    record Found(Header header, long checksum) {}
    Optional<Found> found =
        Database.query(
                connection,
                "SELECT * FROM campaigns WHERE name = ?",
                row -> new Found(Header.of(row), row.getLong("checksum")),
                campaign)
            .stream()
            .findFirst();
    if (found.filter(f -> f.header().checksum() != f.checksum()).isPresent()) {
      throw damaged(campaign, "found that what is kept of it is damaged");
    }
    return found.map(Found::header);
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
  public Optional<String> kinds(String campaign) {
    return database.write(connection -> header(connection, campaign)).map(Header::kinds);
  }

  @Override
  public Optional<String> advice(String campaign) {
    return database
        .write(connection -> header(connection, campaign))
        .map(Header::advice)
        .filter(advice -> !advice.isEmpty());
  }

  @Override
  public Optional<String> source(String campaign) {
    return database.first(
        "SELECT source FROM campaigns WHERE name = ?", row -> row.getString(1), campaign);
  }
}
