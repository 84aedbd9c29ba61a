package dev.anvil;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A switch by which one thread asks others to stop; thrown once, for good.
 *
 * <p>Work looks at it with {@link RunContext#checkCancelled}. Safe for use from several threads.
 */
public final class Cancellation {
  private final Optional<Cancellation> parent;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final Queue<Action> actions = new ConcurrentLinkedQueue<>();

  public Cancellation() {
    this(Optional.empty());
  }

  private Cancellation(Optional<Cancellation> parent) {
    this.parent = parent;
  }

  /** One that is cancelled with this one, and may be cancelled alone. */
  public Cancellation child() {
    return new Cancellation(Optional.of(this));
  }

  /** Asks all that look at it to stop; asking again does nothing. */
  public void cancel() {
    cancelled.set(true);
    actions.forEach(Action::runOnce);
  }

  public boolean isCancelled() {
    return cancelled.get() || (parent.isPresent() && parent.get().isCancelled());
  }

  /** An action that waits for the cancellation, until it is closed. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Runs an action once when this is cancelled, at once if it is so already; for work that waits in
   * a call which does not look.
   *
   * @param action short, safe in any thread
   */
  public Registration onCancel(Runnable action) {
    Action once = new Action(action);
    for (Cancellation at = this; at != null; at = at.parent.orElse(null)) {
      at.actions.add(once);
    }
    if (isCancelled()) {
      once.runOnce();
    }
    return () -> {
      for (Cancellation at = this; at != null; at = at.parent.orElse(null)) {
        at.actions.remove(once);
      }
    };
  }

  private static final class Action {
    private final Runnable action;
    private final AtomicBoolean ran = new AtomicBoolean();

    Action(Runnable action) {
      this.action = action;
    }

    void runOnce() {
      if (ran.compareAndSet(false, true)) {
        action.run();
      }
    }
  }
}
