package dev.anvil.engine.network;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A shared thing that stays open until this is closed.
 *
 * @param <T> what is shared
 */
public final class Lease<T> implements AutoCloseable {
  private final T value;
  private final Runnable release;
  private final AtomicBoolean released = new AtomicBoolean();

  Lease(T value, Runnable release) {
    this.value = value;
    this.release = release;
  }

  /**
   * What is shared.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public T get() {
    if (released.get()) {
      throw new IllegalStateException("used after the lease was closed");
    }
    return value;
  }

  /** Lets go; doing it again changes nothing. */
  @Override
  public void close() {
    if (released.compareAndSet(false, true)) {
      release.run();
    }
  }
}
