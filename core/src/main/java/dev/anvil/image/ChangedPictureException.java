package dev.anvil.image;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.nio.file.Path;

/** A picture file does not have the bytes that were recorded of it. */
public final class ChangedPictureException extends InvalidInputException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 12;

  /**
   * @param found SHA-256 of the file's bytes
   * @param expected SHA-256 that was recorded
   */
  public ChangedPictureException(Path file, String found, String expected) {
    super(
        file.toString(),
        ("has changed since it was recorded: found SHA-256 %s; expected %s. Restore the file, or"
                + " record it anew: import the posts, or begin the run, again")
            .formatted(start(found), start(expected)));
  }

  public Problem problem() {
    return problems().get(0);
  }

  private static String start(String hash) {
    return hash.substring(0, Math.min(SHOWN, hash.length()));
  }
}
