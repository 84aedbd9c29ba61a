package dev.anvil;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Runs work that is told to stop when it looks for the nth time: stopping is tested by how often
 * the work looks, not by time.
 */
public final class CountedChecks {
  private final int checks;
  private final Optional<Throwable> thrown;

  private CountedChecks(int checks, Optional<Throwable> thrown) {
    this.checks = checks;
    this.thrown = thrown;
  }

  /** All of the work, uncancelled. */
  public static CountedChecks of(Consumer<RunContext> work) {
    return stopping(Integer.MAX_VALUE, work);
  }

  /**
   * The work, cancelled at a look of its thread.
   *
   * @param nth the look that finds the work cancelled; the first is 1
   */
  public static CountedChecks stopping(int nth, Consumer<RunContext> work) {
    Cancellation cancellation = new Cancellation();
    RunContext context = RunContext.of(PhaseListener.NONE, cancellation);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Counting thread = new Counting(nth, cancellation, () -> work.accept(context));
    thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw CancelledException.of(e);
    }
    return new CountedChecks(thread.checks, Optional.ofNullable(thrown.get()));
  }

  /** How often the work's thread looked whether it is to stop. */
  public int checks() {
    return checks;
  }

  /** What the work threw. */
  public Optional<Throwable> thrown() {
    return thrown;
  }

  /** {@link RunContext#isCancelled} asks the thread first. */
  private static final class Counting extends Thread {
    private final int nth;
    private final Cancellation cancellation;
    private int checks;

    Counting(int nth, Cancellation cancellation, Runnable work) {
      super(work, "counted checks");
      this.nth = nth;
      this.cancellation = cancellation;
    }

    @Override
    public boolean isInterrupted() {
      if (Thread.currentThread() == this && ++checks == nth) {
        cancellation.cancel();
      }
      return super.isInterrupted();
    }
  }
}
