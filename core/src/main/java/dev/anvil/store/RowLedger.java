package dev.anvil.store;

import static java.util.Objects.requireNonNull;

import dev.anvil.store.Run.Failure;
import dev.anvil.store.Run.Request;
import dev.anvil.store.Run.Result;
import dev.anvil.store.Run.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** A ledger over rows that somebody keeps: the rules of {@link Ledger}, once for every store. */
public final class RowLedger implements Ledger {
  private final RunRows rows;
  private final ArtefactStore artefacts;
  private final Clock clock;

  public RowLedger(RunRows rows, ArtefactStore artefacts, Clock clock) {
    this.rows = requireNonNull(rows, "rows is null");
    this.artefacts = requireNonNull(artefacts, "artefacts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Run submit(Request request) {
    Instant now = clock.instant();
    return rows.atomically(
        () -> {
          for (Run run : equal(request, now)) {
            if (run.state() == State.INTERRUPTED) {
              return save(RunStep.of(run).queue(request));
            }
            if (!run.isOver() && !run.cancelRequested()) {
              return run;
            }
          }
          return rows.insert(request, now);
        });
  }

  private List<Run> equal(Request request, Instant now) {
    return request.fingerprint().isEmpty()
        ? List.of()
        : rows.equal(request.command(), request.fingerprint()).stream()
            .map(run -> RunStep.of(run).at(now))
            .toList();
  }

  @Override
  public Optional<Run> claim(long id, String owner, Duration lease) {
    requireNonNull(owner, "owner is null");
    if (lease.isNegative() || lease.isZero()) {
      throw new IllegalArgumentException(
          "lease is %s; expected more than nothing".formatted(lease));
    }
    Instant now = clock.instant();
    return rows.atomically(
        () -> {
          Run run = RunStep.of(byId(id)).at(now);
          boolean isFree = run.state() == State.QUEUED || run.state() == State.INTERRUPTED;
          return isFree
              ? Optional.of(save(RunStep.of(run).claim(new Run.Lease(owner, lease, now), now)))
              : Optional.empty();
        });
  }

  @Override
  public Run heartbeat(long id, String owner) {
    return held(id, owner, RunStep::renew);
  }

  @Override
  public Run progress(long id, String owner, String json) {
    return held(id, owner, (step, now) -> step.progress(json, now));
  }

  @Override
  public Run finish(long id, String owner, String outcome, Set<String> required) {
    Map<String, String> made = artefacts.hashes(id);
    Set<String> missing = new TreeSet<>(required);
    missing.removeAll(made.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "run %d: found no artefact %s; expected it before the run finishes"
              .formatted(id, String.join(", ", missing)));
    }
    List<String> damaged = damaged(id, made);
    if (!damaged.isEmpty()) {
      throw new IllegalStateException(
          "run %d: found that the artefact %s is not as it was put; expected it whole"
              .formatted(id, String.join(", ", damaged)));
    }
    return held(id, owner, (step, now) -> step.finish(new Result(outcome, made), now));
  }

  @Override
  public Run fail(long id, String owner, Failure failure) {
    return held(id, owner, (step, now) -> step.fail(failure, now));
  }

  @Override
  public Run cancel(long id, String owner) {
    return held(id, owner, (step, now) -> step.end(State.CANCELLED, now));
  }

  @Override
  public Run release(long id, String owner) {
    return RunStep.of(held(id, owner, RunStep::release)).at(clock.instant());
  }

  @Override
  public Run requestCancel(long id) {
    Instant now = clock.instant();
    return rows.atomically(
        () -> {
          Run run = RunStep.of(byId(id)).at(now);
          if (run.isOver()) {
            return run;
          }
          return save(
              run.state() == State.RUNNING
                  ? RunStep.of(run).requestCancel()
                  : RunStep.of(run).end(State.CANCELLED, now));
        });
  }

  @Override
  public Optional<Run> byFingerprint(String command, String fingerprint) {
    return fingerprint.isEmpty()
        ? Optional.empty()
        : rows.equal(command, fingerprint).stream().filter(this::isWhole).findFirst();
  }

  @Override
  public boolean isWhole(long id) {
    return isWhole(byId(id));
  }

  private boolean isWhole(Run run) {
    return run.state() == State.FINISHED
        && damaged(run.id(), run.result().orElseThrow().artefacts()).isEmpty();
  }

  @Override
  public List<Run> list() {
    Instant now = clock.instant();
    return rows.list().stream().map(run -> RunStep.of(run).at(now)).toList();
  }

  @Override
  public Optional<Run> get(long id) {
    return rows.find(id).map(run -> RunStep.of(run).at(clock.instant()));
  }

  private Run held(long id, String owner, BiFunction<RunStep, Instant, Run> step) {
    Instant now = clock.instant();
    return rows.atomically(
        () -> {
          Run run = byId(id);
          boolean isHeld =
              run.state() == State.RUNNING
                  && run.lease().filter(lease -> lease.owner().equals(owner)).isPresent();
          if (!isHeld) {
            throw new LeaseLostException(RunStep.of(run).at(now), owner);
          }
          return save(step.apply(RunStep.of(run), now));
        });
  }

  private Run save(Run run) {
    rows.save(run);
    return run;
  }

  private Run byId(long id) {
    return rows.find(id).orElseThrow(() -> new IllegalArgumentException("there is no run " + id));
  }

  private List<String> damaged(long id, Map<String, String> made) {
    return made.entrySet().stream()
        .filter(e -> !artefacts.contentHash(id, e.getKey()).equals(Optional.of(e.getValue())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
