package dev.anvil.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Renews the lease of a run while somebody works on it; closed before the run is ended.
 *
 * <p>A beat that fails (a busy or full disk) is tried again at the next; the lease is longer than
 * several beats.
 */
public final class Heartbeat implements AutoCloseable {
  private final Ledger ledger;
  private final long run;
  private final String owner;
  private final Consumer<Run> listener;
  private final ScheduledExecutorService thread;

  private Heartbeat(Ledger ledger, long run, String owner, Consumer<Run> listener) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.run = run;
    this.owner = requireNonNull(owner, "owner is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "heartbeat of run " + run);
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /**
   * Begins to renew.
   *
   * @param owner who has claimed the run
   * @param every time between beats, a third of the lease or less
   * @param listener told of the run after each beat, on another thread: whether it is to be
   *     cancelled, or is not the owner's any more, which is the last that is told
   */
  @SuppressWarnings("FutureReturnValueIgnored") // a beat handles its own failures
  public static Heartbeat of(
      Ledger ledger, long run, String owner, Duration every, Consumer<Run> listener) {
    Heartbeat heartbeat = new Heartbeat(ledger, run, owner, listener);
    heartbeat.thread.scheduleWithFixedDelay(
        heartbeat::beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return heartbeat;
  }

  private void beat() {
    try {
      listener.accept(ledger.heartbeat(run, owner));
    } catch (LeaseLostException e) {
      thread.shutdown();
      ledger.get(run).ifPresent(listener);
    } catch (RuntimeException e) {
      System.getLogger(Heartbeat.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "could not renew the lease of run %s: %s".formatted(run, e.getMessage()));
    }
  }

  /** Returns when no beat is under way. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = Thread.interrupted();
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
