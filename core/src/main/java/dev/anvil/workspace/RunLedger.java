package dev.anvil.workspace;

import dev.anvil.workspace.Run.Request;
import dev.anvil.workspace.Run.Status;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The runs of a workspace: what was asked, when, and what came of it.
 *
 * <p>A running run belongs to a process, known by its number and start time. When that process has
 * gone, the run shows as interrupted, and {@link #begin} with the same request continues it under
 * its id. Processes of other machines are not seen: one machine at a time writes a workspace.
 */
public final class RunLedger {
  private static final String SELECT =
      """
      SELECT id, command, arguments, seed, code_version, pid, process_started, started, ended,
        status, outcome
      FROM runs
      """;

  /** The system derives start times from its clock, which may be set meanwhile. */
  private static final long START_TOLERANCE_MILLIS = 5_000;

  private final Database database;

  RunLedger(Database database) {
    this.database = database;
  }

  /** Begins a run, or takes up the interrupted one with the same request. */
  public Run begin(Request request) {
    String now = Instant.now().toString();
    ProcessHandle self = ProcessHandle.current();
    return database.write(
        connection -> {
          Optional<Run> interrupted =
              Database.query(
                      connection,
                      SELECT
                          + """
                          WHERE command = ? AND arguments = ? AND seed = ? AND code_version = ?
                          ORDER BY id DESC
                          """,
                      RunLedger::run,
                      request.command(),
                      request.arguments(),
                      request.seed(),
                      request.codeVersion())
                  .stream()
                  .filter(run -> run.status() == Status.INTERRUPTED)
                  .findFirst();
          if (interrupted.isPresent()) {
            long id = interrupted.get().id();
            Database.update(
                connection,
                "UPDATE runs SET pid = ?, process_started = ?, started = ? WHERE id = ?",
                self.pid(),
                startMillis(self),
                now,
                id);
            return byId(connection, id);
          }
          Database.update(
              connection,
              """
              INSERT INTO runs
                (command, arguments, seed, code_version, pid, process_started, started, status)
              VALUES (?, ?, ?, ?, ?, ?, ?, 'RUNNING')
              """,
              request.command(),
              request.arguments(),
              request.seed(),
              request.codeVersion(),
              self.pid(),
              startMillis(self),
              now);
          long id =
              Database.query(connection, "SELECT last_insert_rowid()", row -> row.getLong(1))
                  .get(0);
          return byId(connection, id);
        });
  }

  /**
   * Ends a run well.
   *
   * @param outputs JSON of what was made
   */
  public Run finish(long id, String outputs) {
    return end(id, Status.FINISHED, outputs);
  }

  /** Ends a run that could not be done. */
  public Run fail(long id, String reason) {
    return end(id, Status.FAILED, reason);
  }

  private Run end(long id, Status status, String outcome) {
    return database.write(
        connection -> {
          Status found = byId(connection, id).status();
          if (found != Status.RUNNING) {
            throw new IllegalStateException(
                "run %d is %s; expected one that is running".formatted(id, found));
          }
          Database.update(
              connection,
              "UPDATE runs SET status = ?, outcome = ?, ended = ? WHERE id = ?",
              status.name(),
              outcome,
              Instant.now().toString(),
              id);
          return byId(connection, id);
        });
  }

  /** All runs, the newest first. */
  public List<Run> list() {
    return database.query(SELECT + "ORDER BY id DESC", RunLedger::run);
  }

  /** One run, by its id. */
  public Optional<Run> get(long id) {
    return database.first(SELECT + "WHERE id = ?", RunLedger::run, id);
  }

  private static Run byId(Connection connection, long id) throws SQLException {
    return Database.query(connection, SELECT + "WHERE id = ?", RunLedger::run, id).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no run " + id));
  }

  private static Run run(ResultSet row) throws SQLException {
    Status status = Status.valueOf(row.getString("status"));
    if (status == Status.RUNNING && !isAlive(row.getLong("pid"), row.getLong("process_started"))) {
      status = Status.INTERRUPTED;
    }
    return new Run(
        row.getLong("id"),
        new Request(
            row.getString("command"),
            row.getString("arguments"),
            row.getLong("seed"),
            row.getString("code_version")),
        Instant.parse(row.getString("started")),
        Optional.ofNullable(row.getString("ended")).map(Instant::parse),
        status,
        Optional.ofNullable(row.getString("outcome")));
  }

  private static boolean isAlive(long pid, long startMillis) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(startMillis(process) - startMillis) <= START_TOLERANCE_MILLIS)
        .isPresent();
  }

  private static long startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
