package dev.anvil.image;

import dev.anvil.Problem;

/** A file or byte array cannot be used as a picture; says what was found and what was expected. */
public final class UnreadablePictureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public UnreadablePictureException(String where, String message) {
    this(where, message, null);
  }

  public UnreadablePictureException(String where, String message, Throwable cause) {
    super(where + ": " + message, cause);
    this.problem = new Problem(where, message);
  }

  public Problem problem() {
    return problem;
  }
}
