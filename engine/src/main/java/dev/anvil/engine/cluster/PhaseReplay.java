package dev.anvil.engine.cluster;

import static java.util.Objects.requireNonNull;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Phases of another process, as phases here. */
final class PhaseReplay implements AutoCloseable {
  private final RunContext context;
  private final Map<Long, Phase> open = new LinkedHashMap<>();

  /**
   * A replay.
   *
   * @param context that the phases are of
   */
  PhaseReplay(RunContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Does here what happened there.
   *
   * @throws dev.anvil.CancelledException when the work is to stop
   */
  void take(ProgressEvent event) {
    if (event instanceof ProgressEvent.Started started) {
      RunContext around =
          started.within().isPresent() ? open.get(started.within().getAsLong()).context() : context;
      open.put(started.phase(), around.start(started.name(), started.total().orElse(-1)));
    } else if (event instanceof ProgressEvent.Advanced advanced) {
      open.get(advanced.phase()).step(advanced.steps());
    } else if (event instanceof ProgressEvent.Ended ended) {
      open.remove(ended.phase()).close();
    }
  }

  /** Ends the phases that the other process left open, inner ones first. */
  @Override
  public void close() {
    List<Phase> inner = new ArrayList<>(open.values());
    Collections.reverse(inner);
    inner.forEach(Phase::close);
    open.clear();
  }
}
