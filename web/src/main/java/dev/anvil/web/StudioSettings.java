package dev.anvil.web;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a studio is served.
 *
 * @param port to listen at; 0 for any free one
 * @param host address to listen at besides this machine's own, and name that browsers may use for
 *     it; empty for this machine only
 * @param folders that files may be read from besides what was uploaded
 * @param limits of what is uploaded
 */
public record StudioSettings(
    int port, Optional<String> host, List<Path> folders, UploadLimits limits) {
  public StudioSettings {
    requireNonNull(host, "host is null");
    folders = List.copyOf(folders);
    requireNonNull(limits, "limits is null");
  }

  /** For this machine only. */
  public static StudioSettings local(int port, Path... folders) {
    return new StudioSettings(port, Optional.empty(), List.of(folders), UploadLimits.USUAL);
  }
}
