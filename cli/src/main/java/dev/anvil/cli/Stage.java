package dev.anvil.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.workspace.Run;
import dev.anvil.workspace.Run.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A step whose run is kept in the ledger: the same request is not done twice. */
final class Stage {
  private Stage() {}

  /** The work of a stage; leaves its results as artefacts of the run. */
  @FunctionalInterface
  interface Work {
    /** Does it; what is returned says where the outputs are. */
    String on(long run) throws IOException;
  }

  /**
   * The finished run of an equal request, else a new one.
   *
   * @param arguments everything that the result depends on
   */
  static Run run(
      Session session, String command, Map<String, String> arguments, long seed, Work work)
      throws IOException {
    Request request = new Request(command, json(arguments), seed, VersionCommand.version());
    Optional<Run> done =
        session.workspace().runs().list().stream()
            .filter(r -> r.request().equals(request) && r.status() == Run.Status.FINISHED)
            .findFirst();
    if (done.isPresent()) {
      return done.get();
    }
    Run run = session.workspace().runs().begin(request);
    try {
      return session.workspace().runs().finish(run.id(), work.on(run.id()));
    } catch (IOException | RuntimeException e) {
      session.workspace().runs().fail(run.id(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static String json(Map<String, String> arguments) throws JsonProcessingException {
    return Session.json().writeValueAsString(new TreeMap<>(arguments));
  }
}
