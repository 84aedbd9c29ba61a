package dev.anvil;

import java.util.concurrent.atomic.AtomicLong;

/** Cancels when a number of steps are done. */
public record CancelAfter(long limit, Cancellation cancellation, AtomicLong steps)
    implements PhaseListener {
  /** A context that is cancelled after some steps. */
  public static RunContext steps(long limit) {
    Cancellation cancellation = new Cancellation();
    return RunContext.of(new CancelAfter(limit, cancellation, new AtomicLong()), cancellation);
  }

  @Override
  public void started(Phase phase) {}

  @Override
  public void advanced(Phase phase, long count) {
    if (steps.addAndGet(count) >= limit) {
      cancellation.cancel();
    }
  }

  @Override
  public void ended(Phase phase) {}
}
