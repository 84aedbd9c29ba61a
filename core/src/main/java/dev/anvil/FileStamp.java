package dev.anvil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells without reading a file that it is the one that was hashed.
 *
 * @param bytes its size
 * @param changed when it was changed last, in nanoseconds since 1970
 */
public record FileStamp(long bytes, long changed) {
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** The stamp of a file that exists. */
  public static FileStamp of(Path file) throws IOException {
    return new FileStamp(
        Files.size(file), Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
  }

  /** A stamp's text, read; empty for other texts. */
  public static Optional<FileStamp> parse(String text) {
    String[] parts = text.split(" ", 3);
    return parts.length == 2 && parts[0].matches("\\d{1,18}") && parts[1].matches("\\d{1,19}")
        ? Optional.of(new FileStamp(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
        : Optional.empty();
  }

  /**
   * Whether a hash that was taken then may be remembered. A file that changed within the two
   * seconds before could change once more within the same tick of the file system's clock.
   */
  public boolean isSettled(Instant hashed) {
    return Instant.EPOCH.plusNanos(changed).isBefore(hashed.minus(SETTLED));
  }

  /** For {@link #parse}. */
  public String text() {
    return bytes + " " + changed;
  }
}
