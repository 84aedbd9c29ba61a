package dev.anvil;

import java.util.List;

/**
 * Something that Anvil was asked for and that did not come about.
 *
 * <p>Every error has a code, which programs act on, and a message, which people read. Callers of
 * the services see no other exceptions but those of wrong use of a method, such as {@link
 * IllegalArgumentException}.
 */
public abstract sealed class AnvilException extends RuntimeException
    permits InvalidInputException,
        NotFoundException,
        ConflictException,
        MissingPackException,
        CancelledException,
        InternalException {
  private static final long serialVersionUID = 1L;

  /** What kind of error it is; names stay the same between versions. */
  public enum Code {
    /** A file, value or request cannot be used. */
    INVALID_INPUT,
    /** What is asked for is not there. */
    NOT_FOUND,
    /** It cannot be done in the present state, or while something else is done. */
    CONFLICT,
    /** A model pack is not installed. */
    MISSING_PACK,
    /** The work was cancelled. */
    CANCELLED,
    /** The program, the machine or a server failed; the input is not to blame. */
    INTERNAL
  }

  AnvilException(String message) {
    super(message);
  }

  AnvilException(String message, Throwable cause) {
    super(message, cause);
  }

  public abstract Code code();

  /** What is wrong and where, in the order of the input; empty where nothing of the input is. */
  public List<Problem> problems() {
    return List.of();
  }
}
