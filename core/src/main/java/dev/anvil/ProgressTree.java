package dev.anvil;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The phases of a run as a tree that can be looked at while it goes on.
 *
 * <p>A phase that has ended is shown until the phase around it ends, or until a phase of the same
 * name is begun beside it: a loop that starts thousands of phases is one line.
 */
public final class ProgressTree implements PhaseListener {
  /**
   * One phase as it was when it was looked at.
   *
   * @param done steps that are done
   * @param total number of steps; empty when it is not known
   * @param remaining how long the steps that are left take; empty before the first
   * @param ended whether it is over
   * @param children its own phases, in the order of their beginning
   */
  public record Node(
      String name,
      long done,
      OptionalLong total,
      Instant started,
      Optional<Duration> remaining,
      boolean ended,
      List<Node> children) {
    public Node {
      requireNonNull(name, "name is null");
      requireNonNull(total, "total is null");
      requireNonNull(started, "started is null");
      requireNonNull(remaining, "remaining is null");
      children = List.copyOf(children);
    }
  }

  /** Phases of the top level. */
  private final List<Phase> roots = new ArrayList<>();

  private final IdentityHashMap<Phase, List<Phase>> children = new IdentityHashMap<>();

  @Override
  public synchronized void started(Phase phase) {
    List<Phase> siblings =
        phase.parent().map(p -> children.computeIfAbsent(p, k -> new ArrayList<>())).orElse(roots);
    siblings.removeIf(s -> s.hasEnded() && s.name().equals(phase.name()));
    siblings.add(phase);
  }

  @Override
  public void advanced(Phase phase, long count) {}

  @Override
  public synchronized void ended(Phase phase) {
    List<Phase> below = children.remove(phase);
    if (below != null) {
      below.forEach(children::remove);
    }
  }

  /** The tree as it is now. */
  public synchronized List<Node> snapshot() {
    return roots.stream().map(this::node).toList();
  }

  private Node node(Phase phase) {
    return new Node(
        phase.name(),
        phase.done(),
        phase.total(),
        phase.started(),
        phase.hasEnded() ? Optional.of(Duration.ZERO) : phase.remaining(),
        phase.hasEnded(),
        children.getOrDefault(phase, List.of()).stream().map(this::node).toList());
  }
}
