package dev.anvil.engine.service.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.anvil.InternalException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.store.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run did, phase by phase, and how long each phase took. It is kept beside the run, not
 * among its artefacts: it differs each time. Safe for use from several threads.
 */
public final class RunLog implements PhaseListener {
  /** A phase and its own phases; what is below is told together with these. */
  private static final int DEEPEST = 2;

  /** Of a loop that begins many phases, the first ones. */
  private static final int MOST_LINES = 500;

  private final Clock clock;
  private final List<Line> lines = new ArrayList<>();

  /**
   * A phase that is over.
   *
   * @param phase its name, after that of the phase around it
   * @param started when it began
   * @param took how long it took
   * @param steps how many steps were done
   */
  public record Line(List<String> phase, Instant started, Duration took, long steps) {
    public Line {
      phase = List.copyOf(phase);
    }
  }

  RunLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void started(Phase phase) {}

  @Override
  public void advanced(Phase phase, long count) {}

  @Override
  public synchronized void ended(Phase phase) {
    List<String> path = phase.path();
    if (path.size() <= DEEPEST && lines.size() < MOST_LINES) {
      lines.add(
          new Line(
              path,
              phase.started(),
              Duration.between(phase.started(), clock.instant()),
              phase.done()));
    }
  }

  synchronized String json() {
    try {
      return EngineJson.compact().writeValueAsString(lines);
    } catch (JsonProcessingException e) {
      throw new InternalException("the log of a run has no JSON", e);
    }
  }

  /** The log of a run; nothing where none was kept, as of one that was killed. */
  public static List<Line> of(Run run) {
    if (run.progress().isEmpty()) {
      return List.of();
    }
    try {
      return EngineJson.compact()
          .readValue(run.progress().get(), new TypeReference<List<Line>>() {});
    } catch (JsonProcessingException e) {
      throw new InternalException("the log of run " + run.id() + " is not JSON", e);
    }
  }
}
