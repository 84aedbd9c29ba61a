package dev.anvil.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.Problem;
import dev.anvil.store.Run;
import dev.anvil.store.Run.Failure;
import dev.anvil.store.Run.Lease;
import dev.anvil.store.Run.Request;
import dev.anvil.store.Run.Result;
import dev.anvil.store.Run.State;
import dev.anvil.store.Run.Times;
import dev.anvil.store.RunRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs in the workspace's database. */
final class SqliteRunRows implements RunRows {
  /** All columns but id and checksum. */
  private static final List<String> COLUMNS =
      List.of(
          "command",
          "request",
          "fingerprint",
          "seed",
          "code_version",
          "submitted",
          "started",
          "ended",
          "state",
          "owner",
          "lease_millis",
          "lease_until",
          "cancel_requested",
          "progress",
          "outcome",
          "made",
          "failure_code",
          "failure");

  private static final String SELECT =
      "SELECT id, checksum, " + String.join(", ", COLUMNS) + " FROM runs ";
  private static final String INSERT =
      "INSERT INTO runs (%s, checksum) VALUES (?%s)"
          .formatted(String.join(", ", COLUMNS), ", ?".repeat(COLUMNS.size()));
  private static final String UPDATE =
      "UPDATE runs SET %s = ?, checksum = ? WHERE id = ?".formatted(String.join(" = ?, ", COLUMNS));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final Consumer<Problem> damage;

  /**
   * Rows of runs.
   *
   * @param damage is told of each damaged row that was met; it counts as absent
   */
  SqliteRunRows(Database database, Consumer<Problem> damage) {
    this.database = database;
    this.damage = damage;
  }

  @Override
  public <T> T atomically(Supplier<T> work) {
    return database.write(connection -> work.get());
  }

  @Override
  public Run insert(Request request, Instant submitted) {
    return database.write(
        connection -> {
          List<Object> values = values(queued(0, request, submitted));
          values.add(checksum(values));
          Database.update(connection, INSERT, values.toArray());
          long id =
              Database.query(connection, "SELECT last_insert_rowid()", row -> row.getLong(1))
                  .get(0);
          return queued(id, request, submitted);
        });
  }

  private static Run queued(long id, Request request, Instant submitted) {
    return new Run(
        id,
        request,
        State.QUEUED,
        new Times(submitted, Optional.empty(), Optional.empty()),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void save(Run run) {
    database.write(
        connection -> {
          List<Object> values = values(run);
          values.add(checksum(values));
          values.add(run.id());
          Database.update(connection, UPDATE, values.toArray());
          return run;
        });
  }

  @Override
  public Optional<Run> find(long id) {
    return query("WHERE id = ?", id).stream().findFirst();
  }

  @Override
  public List<Run> equal(String command, String fingerprint) {
    return query("WHERE command = ? AND fingerprint = ? ORDER BY id DESC", command, fingerprint);
  }

  @Override
  public List<Run> list() {
    return query("ORDER BY id DESC");
  }

  private List<Run> query(String where, Object... arguments) {
    List<Optional<Run>> runs =
        database.query(
            SELECT + where,
            row -> isWhole(row) ? Optional.of(run(row)) : damaged(row.getLong("id")),
            arguments);
    return runs.stream().flatMap(Optional::stream).toList();
  }

  private Optional<Run> damaged(long id) {
    damage.accept(
        new Problem(
            "run " + id, "found that the ledger keeps it damaged; it counts as not being there"));
    return Optional.empty();
  }

  static boolean isWhole(ResultSet row) throws SQLException {
    return checksum(row) == row.getLong("checksum");
  }

  /** The checksum that a row ought to have. */
  static long checksum(ResultSet row) throws SQLException {
    List<Object> values = new ArrayList<>();
    for (String column : COLUMNS) {
      values.add(row.getString(column));
    }
    return checksum(values);
  }

  private static long checksum(List<Object> values) {
    return Checksum.of(
        values.stream().map(value -> value == null ? "\u0000" : value.toString()).toArray());
  }

  /** What the columns hold of a run. */
  private static List<Object> values(Run run) {
    List<Object> values = new ArrayList<>();
    values.add(run.request().command());
    values.add(run.request().json());
    values.add(run.request().fingerprint());
    values.add(run.request().seed());
    values.add(run.request().codeVersion());
    values.add(run.times().submitted().toString());
    values.add(run.times().started().map(Instant::toString).orElse(null));
    values.add(run.times().ended().map(Instant::toString).orElse(null));
    values.add(run.state().name());
    values.add(run.lease().map(Lease::owner).orElse(null));
    values.add(run.lease().map(lease -> lease.length().toMillis()).orElse(null));
    values.add(run.lease().map(lease -> lease.until().toEpochMilli()).orElse(null));
    values.add(run.cancelRequested() ? 1 : 0);
    values.add(run.progress().orElse(null));
    values.add(run.result().map(Result::outcome).orElse(null));
    values.add(run.result().map(result -> json(result.artefacts())).orElse(null));
    values.add(run.failure().map(Failure::code).orElse(null));
    values.add(run.failure().map(Failure::message).orElse(null));
    return values;
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getLong("id"),
        new Request(
            row.getString("command"),
            row.getString("request"),
            row.getString("fingerprint"),
            row.getLong("seed"),
            row.getString("code_version")),
        State.valueOf(row.getString("state")),
        new Times(
            Instant.parse(row.getString("submitted")),
            Optional.ofNullable(row.getString("started")).map(Instant::parse),
            Optional.ofNullable(row.getString("ended")).map(Instant::parse)),
        lease(row),
        row.getBoolean("cancel_requested"),
        Optional.ofNullable(row.getString("progress")),
        result(row),
        failure(row));
  }

  private static Optional<Lease> lease(ResultSet row) throws SQLException {
    String owner = row.getString("owner");
    return owner == null
        ? Optional.empty()
        : Optional.of(
            new Lease(
                owner,
                Duration.ofMillis(row.getLong("lease_millis")),
                Instant.ofEpochMilli(row.getLong("lease_until"))));
  }

  private static Optional<Result> result(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return outcome == null
        ? Optional.empty()
        : Optional.of(new Result(outcome, map(row.getString("made"))));
  }

  private static Optional<Failure> failure(ResultSet row) throws SQLException {
    String code = row.getString("failure_code");
    return code == null
        ? Optional.empty()
        : Optional.of(new Failure(code, row.getString("failure")));
  }

  static String json(Map<String, String> made) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(made));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  private static Map<String, String> map(String json) {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new WorkspaceException("the ledger holds what is not JSON: " + json, e);
    }
  }
}
