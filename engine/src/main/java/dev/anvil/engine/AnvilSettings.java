package dev.anvil.engine;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.edit.remote.Consent;
import java.nio.file.Path;
import java.util.List;

/**
 * What an engine works with.
 *
 * @param workspace folder that keeps everything
 * @param packs folders of model packs; of packs with one name the first folder's is used
 * @param threads that a job may use
 * @param jobs that {@link Jobs} do at once
 * @param consent what the user lets leave this machine
 */
public record AnvilSettings(
    Path workspace, List<Path> packs, int threads, int jobs, Consent consent) {
  private static final int MOST = 1024;

  public AnvilSettings {
    requireNonNull(workspace, "workspace is null");
    packs = List.copyOf(packs);
    requireNonNull(consent, "consent is null");
    if (threads < 1 || threads > MOST || jobs < 1 || jobs > MOST) {
      throw new InvalidInputException(
          "threads", "found %d threads, %d jobs; expected 1 to %d".formatted(threads, jobs, MOST));
    }
  }

  /** A workspace with packs, a thread per core, two jobs at once, nothing uploaded. */
  public static AnvilSettings of(Path workspace, Path... packs) {
    return new AnvilSettings(
        workspace, List.of(packs), Runtime.getRuntime().availableProcessors(), 2, Consent.NONE);
  }
}
