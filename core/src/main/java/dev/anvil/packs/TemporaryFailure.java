package dev.anvil.packs;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A download failed in a way that another attempt may mend. */
final class TemporaryFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> after;

  TemporaryFailure(String message, Throwable cause) {
    super(message, cause);
    this.after = Optional.empty();
  }

  /**
   * @param after when the server wants to be asked again
   */
  TemporaryFailure(String message, Optional<Duration> after) {
    super(message);
    this.after = after;
  }

  Optional<Duration> after() {
    return after;
  }
}
