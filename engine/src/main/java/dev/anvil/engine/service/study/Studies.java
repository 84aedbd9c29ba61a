package dev.anvil.engine.service.study;

import dev.anvil.NotFoundException;
import dev.anvil.engine.network.Models;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.store.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finished studies of a workspace. */
public final class Studies {
  private Studies() {}

  /** All of them, the one that finished last first. */
  public static List<Run> finished(Parts parts) {
    return parts.stores().runs().list().stream()
        .filter(Studies::isFinished)
        .sorted(Comparator.comparing((Run run) -> run.times().ended().orElseThrow()).reversed())
        .toList();
  }

  /**
   * One of them.
   *
   * @param run empty for the one that finished last
   */
  public static Run finished(Parts parts, Optional<Long> run) {
    return run.isPresent()
        ? parts
            .stores()
            .runs()
            .get(run.get())
            .filter(Studies::isFinished)
            .orElseThrow(() -> new NotFoundException("run " + run.get(), "is no finished study"))
        : finished(parts).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "study", "the workspace has no finished one; expected one"));
  }

  private static boolean isFinished(Run run) {
    return run.request().command().equals(StudyRequest.JOB)
        && run.state() == Run.State.FINISHED
        && Models.isReadable(run);
  }
}
