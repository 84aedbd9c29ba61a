package dev.anvil.workspace;

import dev.anvil.InvalidInputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The tables of a workspace, and how older ones are brought up to date. */
final class Schema {
  /** Leads from one version to the next, in a transaction. */
  private interface Step {
    void apply(Connection connection) throws SQLException;
  }

  private static final List<String> VERSION_1 =
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
              """);

  /** What a campaign's metrics can be. */
  private static final List<String> VERSION_2 =
      List.of("ALTER TABLE campaigns ADD COLUMN kinds TEXT NOT NULL DEFAULT '{}'");

  /**
   * The ledger's lease in place of a process, and checksums. Runs of before keep their arguments
   * and have no fingerprint, since those arguments did not say all that a result depends on.
   */
  private static final List<String> VERSION_3 =
      List.of(
          "ALTER TABLE runs RENAME COLUMN arguments TO request",
          "ALTER TABLE runs RENAME COLUMN started TO submitted",
          "ALTER TABLE runs RENAME COLUMN status TO state",
          "ALTER TABLE runs DROP COLUMN pid",
          "ALTER TABLE runs DROP COLUMN process_started",
          "ALTER TABLE runs ADD COLUMN fingerprint TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE runs ADD COLUMN started TEXT",
          "ALTER TABLE runs ADD COLUMN owner TEXT",
          "ALTER TABLE runs ADD COLUMN lease_millis INTEGER",
          "ALTER TABLE runs ADD COLUMN lease_until INTEGER",
          "ALTER TABLE runs ADD COLUMN cancel_requested INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE runs ADD COLUMN progress TEXT",
          "ALTER TABLE runs ADD COLUMN made TEXT",
          "ALTER TABLE runs ADD COLUMN failure_code TEXT",
          "ALTER TABLE runs ADD COLUMN failure TEXT",
          "ALTER TABLE runs ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0",
          "UPDATE runs SET started = submitted",
          """
          UPDATE runs SET failure_code = 'failed', failure = COALESCE(outcome, ''), outcome = NULL
          WHERE state = 'FAILED'
          """,
          "UPDATE runs SET outcome = COALESCE(outcome, '') WHERE state = 'FINISHED'",
          "CREATE INDEX runs_by_fingerprint ON runs (command, fingerprint)",
          "ALTER TABLE artefacts ADD COLUMN sha256 TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE results ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE campaigns ADD COLUMN posts INTEGER NOT NULL DEFAULT 0",
          """
          UPDATE campaigns
          SET posts = (SELECT COUNT(*) FROM posts WHERE posts.campaign = campaigns.name)
          """,
          "ALTER TABLE campaigns ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE posts ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0");

  /** What import advises; "" before that was kept, which checksums pass over. */
  private static final List<String> VERSION_4 =
      List.of("ALTER TABLE campaigns ADD COLUMN advice TEXT NOT NULL DEFAULT ''");

  /** Step i leads from version i to version i + 1. What was released is never changed: add one. */
  private static final List<Step> STEPS =
      List.of(
          connection -> execute(connection, VERSION_1),
          connection -> execute(connection, VERSION_2),
          connection -> {
            execute(connection, VERSION_3);
            Checksums.addAll(connection);
          },
          connection -> execute(connection, VERSION_4));

  /** The version that this Anvil writes. */
  static final int VERSION = STEPS.size();

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
          for (Step step : STEPS.subList(from, VERSION)) {
            step.apply(inTransaction);
          }
          Database.execute(inTransaction, "PRAGMA application_id = " + Database.APPLICATION_ID);
          Database.execute(inTransaction, "PRAGMA user_version = " + VERSION);
          return VERSION;
        });
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    for (String statement : statements) {
      Database.execute(connection, statement);
    }
  }

  private static int pragma(Connection connection, String name) throws SQLException {
    return Database.query(connection, "PRAGMA " + name, row -> row.getInt(1)).get(0);
  }
}
