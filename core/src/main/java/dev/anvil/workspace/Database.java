package dev.anvil.workspace;

import dev.anvil.InvalidInputException;
import dev.anvil.natives.NativeLibraries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The workspace's SQLite file: one connection, used by one thread at a time.
 *
 * <p>Write-ahead logging lets other processes read while one writes; a writer waits for another up
 * to {@link #BUSY_MILLIS}. A transaction that was committed outlives the end of the process; after
 * a loss of power the last ones may be missing, and never a part of one.
 */
final class Database implements AutoCloseable {
  /** Marks a SQLite file as Anvil's ("Anvl"). */
  static final int APPLICATION_ID = 0x416e766c;

  private static final int BUSY_MILLIS = 60_000;

  static {
    NativeLibraries.sqlite();
  }

  private final Path file;
  private final Connection connection;
  private boolean inTransaction;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Opens or creates the database and brings its tables up to date. */
  static Database open(Path file) {
    Connection connection;
    try {
      SQLiteConfig config = new SQLiteConfig();
      config.setBusyTimeout(BUSY_MILLIS);
      config.enforceForeignKeys(true);
      config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
      connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    } catch (SQLException e) {
      throw unusable(file, e);
    }
    Database database = new Database(file, connection);
    try {
      Schema.prepare(file, connection);
      return database;
    } catch (SQLException e) {
      database.close();
      throw unusable(file, e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Work inside one transaction. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** One row of an answer. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /**
   * Runs work in one transaction: all of it is kept, or none. Work that is begun in other work
   * belongs to that one's transaction.
   */
  synchronized <T> T write(Work<T> work) {
    boolean isNested = inTransaction;
    try {
      inTransaction = true;
      return isNested ? work.with(connection) : transaction(connection, work);
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      inTransaction = isNested;
    }
  }

  static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
    try {
      T result = work.with(connection);
      execute(connection, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private static void rollBack(Connection connection, Exception reason) {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      // After some errors (a full disk) SQLite has rolled back already.
      reason.addSuppressed(e);
    }
  }

  /** Every row that a query answers. */
  synchronized <T> List<T> query(String sql, Row<T> row, Object... arguments) {
    try {
      return query(connection, sql, row, arguments);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The one row that a query answers. */
  <T> Optional<T> first(String sql, Row<T> row, Object... arguments) {
    return query(sql, row, arguments).stream().findFirst();
  }

  static <T> List<T> query(Connection connection, String sql, Row<T> row, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.of(rows));
        }
      }
      return found;
    }
  }

  static void update(Connection connection, String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      statement.executeUpdate();
    }
  }

  /** Sets a statement's parameters; an empty Optional is the database's "unknown". */
  static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      statement.setObject(
          i + 1, argument instanceof Optional<?> optional ? optional.orElse(null) : argument);
    }
  }

  /** Gives the space of what was deleted back to the disk. */
  synchronized void compact() {
    try {
      execute(connection, "VACUUM");
      execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Writes all that is there now to a new file. */
  synchronized void copyTo(Path other) {
    try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, other.toAbsolutePath().toString());
      statement.execute();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private WorkspaceException failed(SQLException e) {
    return new WorkspaceException(file + ": " + reason(e), e);
  }

  private static InvalidInputException unusable(Path file, SQLException e) {
    InvalidInputException problem = new InvalidInputException(file.toString(), reason(e));
    problem.initCause(e);
    return problem;
  }

  private static String reason(SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.getErrorCode(e.getErrorCode());
    // Extended codes keep the primary code in their lowest byte.
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
      case SQLITE_FULL ->
          "the disk is full; free some space and run again, nothing that was saved is lost";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
          "cannot be written; expected a folder and files that this user may write";
      case SQLITE_NOTADB -> "is not a database; expected an Anvil workspace or a new folder";
      case SQLITE_CORRUPT ->
          "is damaged; restore the folder from a backup or import into a new workspace";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another process has been writing for %d s; wait for it to end and run again"
              .formatted(BUSY_MILLIS / 1000);
      case SQLITE_IOERR -> "cannot be read or written (" + e.getMessage() + "); check the disk";
      default -> e.getMessage();
    };
  }
}
