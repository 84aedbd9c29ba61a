package dev.anvil.engine.cluster;

import static java.util.Objects.requireNonNull;

import dev.anvil.AnvilException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.engine.request.EngineJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Tells the phases of a job, and what came of it, as lines that {@link ProgressEvent} reads. Steps
 * of a phase are told ten times a second at most. Safe for use from several threads.
 */
public final class EventPrinter implements PhaseListener {
  private static final long PAUSE = Duration.ofMillis(100).toNanos();

  private final Consumer<String> lines;
  private final Map<Phase, Told> told = new HashMap<>();
  private long count;

  /** What was told of a phase. */
  private static final class Told {
    final long number;
    long steps;
    long at = System.nanoTime();

    Told(long number) {
      this.number = number;
    }
  }

  /**
   * A printer.
   *
   * @param lines takes each line, without its end
   */
  public EventPrinter(Consumer<String> lines) {
    this.lines = requireNonNull(lines, "lines is null");
  }

  @Override
  public synchronized void started(Phase phase) {
    Told now = new Told(count++);
    told.put(phase, now);
    OptionalLong within =
        phase
            .parent()
            .map(told::get)
            .map(p -> OptionalLong.of(p.number))
            .orElse(OptionalLong.empty());
    print(new ProgressEvent.Started(now.number, within, phase.name(), phase.total()));
  }

  @Override
  public synchronized void advanced(Phase phase, long steps) {
    Told before = told.get(phase);
    if (before != null && System.nanoTime() - before.at >= PAUSE) {
      tell(phase, before);
    }
  }

  @Override
  public synchronized void ended(Phase phase) {
    Told before = told.remove(phase);
    if (before != null) {
      tell(phase, before);
      print(new ProgressEvent.Ended(before.number));
    }
  }

  private void tell(Phase phase, Told before) {
    long steps = phase.done() - before.steps;
    if (steps > 0) {
      before.steps += steps;
      before.at = System.nanoTime();
      print(new ProgressEvent.Advanced(before.number, steps));
    }
  }

  /** Tells what came of the job. */
  public synchronized void finished(Object outcome) {
    print(new ProgressEvent.Finished(EngineJson.compact().valueToTree(outcome)));
  }

  /** Tells why nothing came of it. */
  public synchronized void failed(AnvilException e) {
    print(new ProgressEvent.Failed(e.code(), String.valueOf(e.getMessage()), e.problems()));
  }

  private void print(ProgressEvent event) {
    lines.accept(event.line());
  }
}
