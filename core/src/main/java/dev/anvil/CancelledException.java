package dev.anvil;

/** Work ended early because somebody cancelled it, or interrupted its thread. */
public final class CancelledException extends AnvilException {
  private static final long serialVersionUID = 1L;

  public CancelledException() {
    super("cancelled");
  }

  /**
   * @param message what was cancelled, and how far it had come
   */
  public CancelledException(String message) {
    super(message);
  }

  /**
   * For a thread that was interrupted while it waited.
   *
   * <p>The interrupt is restored, so that whoever owns the thread learns of it.
   */
  public static CancelledException of(InterruptedException cause) {
    Thread.currentThread().interrupt();
    CancelledException cancelled = new CancelledException();
    cancelled.initCause(cause);
    return cancelled;
  }

  @Override
  public Code code() {
    return Code.CANCELLED;
  }
}
