package dev.anvil.engine;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import java.nio.file.Path;
import java.util.List;

/**
 * What an engine works with.
 *
 * @param workspace folder that keeps everything
 * @param packs folders of model packs; of packs with one name the first folder's is used
 * @param threads that a job may use
 * @param jobs that {@link Jobs} do at once
 */
public record AnvilSettings(Path workspace, List<Path> packs, int threads, int jobs) {
  public AnvilSettings {
    requireNonNull(workspace, "workspace is null");
    packs = List.copyOf(packs);
    if (threads < 1 || jobs < 1) {
      throw new InvalidInputException(
          "threads", "found %d threads, %d jobs; expected at least 1".formatted(threads, jobs));
    }
  }

  /** A workspace with packs, a thread per core, two jobs at once. */
  public static AnvilSettings of(Path workspace, Path... packs) {
    return new AnvilSettings(
        workspace, List.of(packs), Runtime.getRuntime().availableProcessors(), 2);
  }
}
