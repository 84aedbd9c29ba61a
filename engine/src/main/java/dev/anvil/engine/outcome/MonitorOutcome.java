package dev.anvil.engine.outcome;

import static java.util.Objects.requireNonNull;

import dev.anvil.monitor.Evidence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a model does on posts that came after it.
 *
 * @param model run of the fit
 * @param toDo what to do now, in three sentences at most
 * @param evidence all that was found
 * @param notes what was left out, and why
 * @param page the same as an HTML file
 * @param promoted run of the fit that is in use from now on; empty where the model stays
 */
public record MonitorOutcome(
    long run,
    long model,
    List<String> toDo,
    Evidence evidence,
    List<String> notes,
    Path page,
    Optional<Long> promoted)
    implements Outcome {
  public MonitorOutcome {
    toDo = List.copyOf(toDo);
    requireNonNull(evidence, "evidence is null");
    notes = List.copyOf(notes);
    requireNonNull(page, "page is null");
    requireNonNull(promoted, "promoted is null");
  }
}
