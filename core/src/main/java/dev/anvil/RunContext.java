package dev.anvil;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a piece of work is given of the run that it is part of: whom to tell how far it is, whether
 * it is to stop, what time it is, and how many threads it may use.
 *
 * <p>Anything that takes longer than a second takes a {@code RunContext} and passes it on; nobody
 * keeps one in a field, since the next call may belong to another run. Immutable, and safe for use
 * from several threads.
 *
 * <pre>{@code
 * try (Phase phase = context.start("refit", parts.size())) {
 *   for (Part part : parts) {
 *     refits.add(part.fit(target, phase.context()));
 *     phase.step(1); // throws CancelledException when the run is to stop
 *   }
 * }
 * }</pre>
 */
public final class RunContext {
  private static final Duration GLANCE = Duration.ofMillis(50);

  /** Tells nobody and is stopped by an interrupt only. */
  public static final RunContext NONE = of(PhaseListener.NONE);

  private final PhaseListener listener;
  private final Cancellation cancellation;
  private final Clock clock;
  private final int threads;
  private final Optional<Phase> phase;

  private RunContext(
      PhaseListener listener,
      Cancellation cancellation,
      Clock clock,
      int threads,
      Optional<Phase> phase) {
    this.listener = requireNonNull(listener, "listener is null");
    this.cancellation = requireNonNull(cancellation, "cancellation is null");
    this.clock = requireNonNull(clock, "clock is null");
    if (threads < 1) {
      throw new IllegalArgumentException("threads is %d; expected at least 1".formatted(threads));
    }
    this.threads = threads;
    this.phase = phase;
  }

  /** The outermost of a run: the machine's clock, a thread for each core. */
  public static RunContext of(PhaseListener listener, Cancellation cancellation) {
    return new RunContext(
        listener,
        cancellation,
        Clock.system(ZoneId.systemDefault()),
        Runtime.getRuntime().availableProcessors(),
        Optional.empty());
  }

  /** As above, never cancelled but by an interrupt. */
  public static RunContext of(PhaseListener listener) {
    return of(listener, new Cancellation());
  }

  /** The same with another clock. */
  public RunContext withClock(Clock other) {
    return new RunContext(listener, cancellation, other, threads, phase);
  }

  /** The same with another number of threads. */
  public RunContext withThreads(int count) {
    return new RunContext(listener, cancellation, clock, count, phase);
  }

  /** The same with another switch; make it a child of this one's to be stopped by both. */
  public RunContext withCancellation(Cancellation other) {
    return new RunContext(listener, other, clock, threads, phase);
  }

  /** The same, telling another listener too. */
  public RunContext telling(PhaseListener also) {
    return new RunContext(listener.and(also), cancellation, clock, threads, phase);
  }

  /** The same, telling nobody; for many short pieces of work that are one step together. */
  public RunContext silent() {
    return new RunContext(PhaseListener.NONE, cancellation, clock, threads, phase);
  }

  RunContext within(Phase around) {
    return new RunContext(listener, cancellation, clock, threads, Optional.of(around));
  }

  /**
   * Begins a phase; close it when it is over, whatever happens.
   *
   * @param name what is done, as shown to a person, for example "encode"
   * @param total number of steps, or -1 when it is not known
   * @throws CancelledException when the work is to stop
   */
  public Phase start(String name, long total) {
    checkCancelled();
    Phase started = new Phase(name, total, this);
    listener.started(started);
    return started;
  }

  /**
   * Returns if the work may go on; called in every loop that can last a second.
   *
   * @throws CancelledException when it was cancelled or its thread interrupted; the interrupt stays
   */
  public void checkCancelled() {
    if (isCancelled()) {
      throw new CancelledException();
    }
  }

  /** Whether the work is to stop. */
  public boolean isCancelled() {
    return Thread.currentThread().isInterrupted() || cancellation.isCancelled();
  }

  /** What stops the work. */
  public Cancellation cancellation() {
    return cancellation;
  }

  /**
   * Waits.
   *
   * @throws CancelledException as soon as the work is to stop
   */
  public void sleep(Duration duration) {
    long end = System.nanoTime() + Math.max(0, duration.toNanos());
    try {
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        checkCancelled();
        Thread.sleep(Math.max(1, Math.min(left, GLANCE.toNanos()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      throw CancelledException.of(e);
    }
    checkCancelled();
  }

  /** The time, in the user's zone. */
  public Clock clock() {
    return clock;
  }

  /** How many threads the work may use. */
  public int threads() {
    return threads;
  }

  /** The phase that it belongs to; empty for the outermost. */
  public Optional<Phase> phase() {
    return phase;
  }

  PhaseListener listener() {
    return listener;
  }
}
