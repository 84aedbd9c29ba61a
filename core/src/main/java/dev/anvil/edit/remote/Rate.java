package dev.anvil.edit.remote;

import dev.anvil.RunContext;
import java.time.Duration;

/** Spaces requests to one server; shared by all editors that use it. */
final class Rate {
  private long next = System.nanoTime();

  /** Waits until a request may be made. */
  void await(double perMinute, RunContext context) {
    context.sleep(Duration.ofNanos(reserve(Math.round(60e9 / perMinute))));
  }

  private synchronized long reserve(long interval) {
    long now = System.nanoTime();
    long at = next - now > 0 ? next : now;
    next = at + interval;
    return at - now;
  }
}
