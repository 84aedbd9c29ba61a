package dev.anvil;

/** The program, the machine or a server failed; the input is not to blame. */
public non-sealed class InternalException extends AnvilException {
  private static final long serialVersionUID = 1L;

  public InternalException(String message) {
    super(message);
  }

  /**
   * @param message what was being done, of which picture or run
   */
  public InternalException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public final Code code() {
    return Code.INTERNAL;
  }
}
