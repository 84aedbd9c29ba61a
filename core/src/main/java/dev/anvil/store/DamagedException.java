package dev.anvil.store;

import dev.anvil.InternalException;

/** What is kept is not what was put there: a disk's error, or somebody's hand. */
public final class DamagedException extends InternalException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where what is damaged, for example {@code artefact study of run 3}
   * @param message what was found, and what mends it
   */
  public DamagedException(String where, String message) {
    super(where + ": " + message);
  }
}
