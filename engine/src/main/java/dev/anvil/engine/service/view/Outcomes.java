package dev.anvil.engine.service.view;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.NotFoundException;
import dev.anvil.engine.outcome.MonitorOutcome;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.MonitorRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.Requests;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.RunFolder;
import dev.anvil.engine.service.study.StudyService;
import dev.anvil.store.Run;

/** Reads what finished runs left, whatever their job. */
public final class Outcomes {
  private final Parts parts;

  /** The outcomes of a workspace. */
  public Outcomes(Parts parts) {
    this.parts = requireNonNull(parts, "parts is null");
  }

  /**
   * The outcome of a run: of fits, studies and monitoring in their own types, else its JSON.
   *
   * @throws NotFoundException when there is no such run
   * @throws InvalidInputException when it is not finished
   */
  public Object of(long id) {
    Run run =
        parts
            .stores()
            .runs()
            .get(id)
            .orElseThrow(() -> new NotFoundException("run " + id, "is not in this workspace"));
    if (run.state() != Run.State.FINISHED) {
      throw new InvalidInputException(
          "run " + id, "is %s; expected a finished one".formatted(run.state()));
    }
    Request<?> request = Requests.read(run.request().json(), "run " + id);
    RunFolder from = parts.artefacts(id);
    if (request instanceof FitRequest fit) {
      return FitService.read(fit, from);
    }
    if (request instanceof MonitorRequest) {
      return from.get(RunFolder.OUTCOME, MonitorOutcome.class);
    }
    return request instanceof StudyRequest study
        ? StudyService.read(study.what(), from)
        : from.get(RunFolder.OUTCOME, JsonNode.class);
  }
}
