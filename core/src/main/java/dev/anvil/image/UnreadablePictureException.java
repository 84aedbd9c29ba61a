package dev.anvil.image;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;

/** A file or byte array cannot be used as a picture; says what was found and what was expected. */
public final class UnreadablePictureException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  public UnreadablePictureException(String where, String message) {
    super(where, message);
  }

  public UnreadablePictureException(String where, String message, Throwable cause) {
    super(where, message, cause);
  }

  public Problem problem() {
    return problems().get(0);
  }
}
