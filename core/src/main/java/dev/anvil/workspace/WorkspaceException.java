package dev.anvil.workspace;

import dev.anvil.InternalException;

/** A workspace that was fine when it was opened cannot be read or written any more. */
public final class WorkspaceException extends InternalException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message where, what was found and what to do
   */
  public WorkspaceException(String message, Throwable cause) {
    super(message, cause);
  }

  WorkspaceException(String message) {
    super(message);
  }
}
