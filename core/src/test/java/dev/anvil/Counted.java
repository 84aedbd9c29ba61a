package dev.anvil;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the steps of all phases. */
public record Counted(AtomicLong steps) implements PhaseListener {
  @Override
  public void started(Phase phase) {}

  @Override
  public void advanced(Phase phase, long count) {
    steps.addAndGet(count);
  }

  @Override
  public void ended(Phase phase) {}
}
