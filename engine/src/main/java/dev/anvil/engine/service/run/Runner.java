package dev.anvil.engine.service.run;

import static java.util.Objects.requireNonNull;

import dev.anvil.AnvilException;
import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.store.Heartbeat;
import dev.anvil.store.Run;
import dev.anvil.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Does accepted jobs and keeps them in the ledger: a job whose artefacts are there is read, one
 * that is under way is joined, any other is done. Safe for use from several threads and processes.
 */
public final class Runner {
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final Stores stores;
  private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
  private final ConcurrentHashMap<Long, Cancellation> atWork = new ConcurrentHashMap<>();

  public Runner(Stores stores) {
    this.stores = requireNonNull(stores, "stores is null");
  }

  /** The finished run of equal inputs whose artefacts are whole. */
  Optional<Run> done(Work<?> work) {
    Run.Request asked = work.asked();
    return asked.fingerprint().isEmpty()
        ? Optional.empty()
        : stores.runs().byFingerprint(asked.command(), asked.fingerprint());
  }

  /** Puts a job into the ledger; equal jobs that are not over share one run. */
  public Run submit(Work<?> work) {
    return done(work).orElseGet(() -> stores.runs().submit(work.asked()));
  }

  /**
   * The result of a job that was submitted: does it, or waits for whoever does.
   *
   * @throws CancelledException when it was cancelled, by this context or by somebody else
   */
  public <R> R complete(Work<R> work, long id, RunContext context) {
    while (true) {
      context.checkCancelled();
      Run run = stores.runs().get(id).orElseThrow();
      switch (run.state()) {
        case FINISHED -> {
          return read(work, run);
        }
        case FAILED -> throw failed(run);
        case CANCELLED -> throw new CancelledException();
        case QUEUED, INTERRUPTED -> {
          Optional<Run> claimed = stores.runs().claim(id, owner, LEASE);
          if (claimed.isPresent()) {
            perform(work, claimed.get(), context);
            return read(work, claimed.get());
          }
        }
        case RUNNING -> {} // somebody else is at it: wait
      }
      context.sleep(GLANCE);
    }
  }

  private <R> R read(Work<R> work, Run run) {
    try {
      return work.reader().read(new RunFolder(run.id(), stores));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AnvilException failed(Run run) {
    Run.Failure failure = run.failure().orElseThrow();
    return failure.code().equals(AnvilException.Code.INVALID_INPUT.name())
        ? new InvalidInputException("run " + run.id(), failure.message())
        : new InternalException("run %d failed: %s".formatted(run.id(), failure.message()));
  }

  private void perform(Work<?> work, Run run, RunContext context) {
    Cancellation cancellation = context.cancellation().child();
    atWork.put(run.id(), cancellation);
    RunLog log = new RunLog(context.clock());
    RunContext own = context.withCancellation(cancellation).telling(log);
    try (Heartbeat beat =
        Heartbeat.of(
            stores.runs(),
            run.id(),
            owner,
            BEAT,
            now -> {
              if (now.cancelRequested() || now.isOver()) {
                cancellation.cancel();
              }
            })) {
      requireNonNull(beat);
      RunFolder out = new RunFolder(run.id(), stores);
      work.inputs().ifPresent(inputs -> out.put(RunFolder.INPUTS, inputs.values()));
      work.body().run(out, own);
    } catch (CancelledException e) {
      keep(log, run);
      stores.runs().cancel(run.id(), owner);
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      keep(log, run);
      if (cancellation.isCancelled()) {
        stores.runs().cancel(run.id(), owner);
        CancelledException cancelled = new CancelledException();
        cancelled.addSuppressed(e);
        throw cancelled;
      }
      stores.runs().fail(run.id(), owner, failure(e));
      throw rethrown(e);
    } finally {
      atWork.remove(run.id());
    }
    keep(log, run);
    stores.runs().finish(run.id(), owner, work.request().job(), work.artefacts());
  }

  private void keep(RunLog log, Run run) {
    stores.runs().progress(run.id(), owner, log.json());
  }

  private static Run.Failure failure(Throwable e) {
    AnvilException.Code code =
        e instanceof AnvilException known ? known.code() : AnvilException.Code.INTERNAL;
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new Run.Failure(code.name(), message);
  }

  private static RuntimeException rethrown(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException unchecked
        ? unchecked
        : new UncheckedIOException((IOException) e);
  }

  /** Stops a run that waits or that this runner is at; one that others are at goes on. */
  public void abandon(long id) {
    Optional<Run> run = stores.runs().get(id);
    if (run.filter(r -> r.state() == Run.State.QUEUED).isPresent()) {
      stores.runs().requestCancel(id);
    }
    Optional.ofNullable(atWork.get(id)).ifPresent(Cancellation::cancel);
  }

  /** Asks for a run to be stopped, whoever is at it. */
  public void cancel(long id) {
    stores.runs().requestCancel(id);
    Optional.ofNullable(atWork.get(id)).ifPresent(Cancellation::cancel);
  }
}
