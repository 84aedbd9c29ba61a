package dev.anvil.engine;

import dev.anvil.Phase;
import dev.anvil.PhaseListener;

/** Hears when phases begin. */
@FunctionalInterface
interface Listening extends PhaseListener {
  @Override
  default void advanced(Phase phase, long count) {}

  @Override
  default void ended(Phase phase) {}
}
