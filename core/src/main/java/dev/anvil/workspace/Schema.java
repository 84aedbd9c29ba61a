package dev.anvil.workspace;

import dev.anvil.InvalidInputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The tables of a workspace, and how older ones are brought up to date. */
final class Schema {
  /**
   * Statements that lead from version i to version i + 1. Entries are never changed once released:
   * add one.
   */
  private static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              """
              CREATE TABLE campaigns (
                name TEXT PRIMARY KEY,
                source TEXT NOT NULL,
                saved TEXT NOT NULL)
              """,
              """
              CREATE TABLE posts (
                campaign TEXT NOT NULL REFERENCES campaigns ON DELETE CASCADE,
                id TEXT NOT NULL,
                creative TEXT NOT NULL,
                picture TEXT NOT NULL,
                time TEXT NOT NULL,
                metrics TEXT NOT NULL,
                metadata TEXT NOT NULL,
                PRIMARY KEY (campaign, id)) WITHOUT ROWID
              """,
              """
              CREATE TABLE runs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                command TEXT NOT NULL,
                arguments TEXT NOT NULL,
                seed INTEGER NOT NULL,
                code_version TEXT NOT NULL,
                pid INTEGER NOT NULL,
                process_started INTEGER NOT NULL,
                started TEXT NOT NULL,
                ended TEXT,
                status TEXT NOT NULL,
                outcome TEXT)
              """,
              """
              CREATE TABLE artefacts (
                run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                content TEXT NOT NULL,
                PRIMARY KEY (run, name)) WITHOUT ROWID
              """,
              """
              CREATE TABLE results (
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                value BLOB NOT NULL,
                PRIMARY KEY (kind, key))
              """),
          List.of("ALTER TABLE campaigns ADD COLUMN kinds TEXT NOT NULL DEFAULT '{}'"));

  /** The version that this Anvil writes. */
  static final int VERSION = MIGRATIONS.size();

  private Schema() {}

  /** Checks that the database is ours and not newer than this Anvil, then migrates it. */
  static void prepare(Path file, Connection connection) throws SQLException {
    int version = pragma(connection, "user_version");
    boolean isEmpty = pragma(connection, "schema_version") == 0;
    if (!isEmpty && pragma(connection, "application_id") != Database.APPLICATION_ID) {
      throw new InvalidInputException(
          file.toString(), "is another program's database; expected an Anvil workspace");
    }
    if (version > VERSION) {
      throw new InvalidInputException(
          file.toString(),
          "was written by a newer Anvil (workspace version %d); this one reads up to version %d, update Anvil or use another folder"
              .formatted(version, VERSION));
    }
    if (isEmpty) {
      Database.execute(connection, "PRAGMA journal_mode = WAL");
    }
    if (version < VERSION) {
      migrate(connection, version);
    }
  }

  private static void migrate(Connection connection, int from) throws SQLException {
    Database.transaction(
        connection,
        inTransaction -> {
          for (List<String> step : MIGRATIONS.subList(from, VERSION)) {
            for (String statement : step) {
              Database.execute(inTransaction, statement);
            }
          }
          Database.execute(inTransaction, "PRAGMA application_id = " + Database.APPLICATION_ID);
          Database.execute(inTransaction, "PRAGMA user_version = " + VERSION);
          return VERSION;
        });
  }

  private static int pragma(Connection connection, String name) throws SQLException {
    return Database.query(connection, "PRAGMA " + name, row -> row.getInt(1)).get(0);
  }
}
