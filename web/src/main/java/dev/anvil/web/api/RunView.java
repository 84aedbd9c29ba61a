package dev.anvil.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.NotFoundException;
import dev.anvil.ProgressTree;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.store.Run;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run as it is now.
 *
 * @param run its number
 * @param job what is done
 * @param state queued, running, finished, failed, cancelled or interrupted
 * @param over whether nobody is at it any more, nor will be before it is asked for again
 * @param times when it was submitted, started, ended
 * @param request what was asked
 * @param failure why it failed
 * @param progress phases under way, where this studio does it
 * @param version of Anvil
 * @param fingerprint SHA-256 of all that its result depends on; empty where it is done anew
 * @param seed of all that is random
 */
public record RunView(
    long run,
    String job,
    String state,
    boolean over,
    Run.Times times,
    JsonNode request,
    Optional<String> failure,
    List<ProgressTree.Node> progress,
    String version,
    String fingerprint,
    long seed) {
  public RunView {
    progress = List.copyOf(progress);
  }

  /**
   * The run of a number.
   *
   * @throws NotFoundException when there is none
   */
  public static RunView of(Anvil anvil, long id) {
    return of(
        anvil,
        anvil
            .workspace()
            .runs()
            .get(id)
            .orElseThrow(() -> new NotFoundException("run " + id, "is not in this workspace")));
  }

  /** A run of the ledger. */
  public static RunView of(Anvil anvil, Run run) {
    return new RunView(
        run.id(),
        run.request().command(),
        run.state().name().toLowerCase(Locale.ROOT),
        run.isOver() || run.state() == Run.State.INTERRUPTED,
        run.times(),
        json(run.request().json()),
        run.failure().map(Run.Failure::message),
        run.isOver()
            ? List.of()
            : anvil.jobs().find(run.id()).map(job -> job.progress().snapshot()).orElse(List.of()),
        run.request().codeVersion(),
        run.request().fingerprint(),
        run.request().seed());
  }

  /** Requests of older versions are no JSON. */
  private static JsonNode json(String text) {
    try {
      return EngineJson.compact().readTree(text);
    } catch (JsonProcessingException e) {
      return EngineJson.compact().getNodeFactory().textNode(text);
    }
  }
}
