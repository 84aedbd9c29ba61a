package dev.anvil.workspace;

import dev.anvil.Problem;
import dev.anvil.store.RowLedger;
import dev.anvil.store.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The stores of one database file with a clock of the test's, and a hand that damages it. */
final class DatabaseFile implements AutoCloseable {
  private final Path file;
  private final Database database;
  private final Clock clock;
  final FileBlobStore blobs;
  final List<Problem> damage = Collections.synchronizedList(new ArrayList<>());

  DatabaseFile(Path folder, Clock clock) {
    this.file = folder.resolve("anvil.db");
    this.database = Database.open(file);
    this.clock = clock;
    try {
      this.blobs = FileBlobStore.open(folder.resolve("blobs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DatabaseFile(Path folder) {
    this(folder, Clock.systemUTC());
  }

  SqliteResultStore results() {
    return new SqliteResultStore(database, damage::add);
  }

  SqlitePostStore posts() {
    return new SqlitePostStore(database);
  }

  SqliteArtefactStore artefacts() {
    return new SqliteArtefactStore(database, blobs);
  }

  RowLedger runs() {
    return new RowLedger(new SqliteRunRows(database, damage::add), artefacts(), clock);
  }

  /** A new run that was claimed by "a". */
  long run() {
    long id = runs().submit(new Run.Request("fit", "{}", "", 1, "0.1")).id();
    return runs().claim(id, "a", Duration.ofMinutes(1)).orElseThrow().id();
  }

  /** Changes the database behind the program's back, as another process. */
  void damage(String statement) {
    execute(file, statement);
  }

  static void execute(Path file, String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (String statement : statements) {
        Database.execute(connection, statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
