package dev.anvil.store;

import dev.anvil.InternalException;

/**
 * A run is not held by who wanted to go on with it: it has ended, was cancelled while it waited, or
 * its lease had run out and somebody else took it up.
 */
public final class LeaseLostException extends InternalException {
  private static final long serialVersionUID = 1L;

  LeaseLostException(Run run, String owner) {
    super(
        "run %d: found it %s; expected it to be held by %s"
            .formatted(
                run.id(),
                run.state() + run.lease().map(lease -> " and held by " + lease.owner()).orElse(""),
                owner));
  }
}
