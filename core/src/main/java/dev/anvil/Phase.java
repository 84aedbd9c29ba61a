package dev.anvil;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A part of a piece of work, counted in steps; it may have parts of its own.
 *
 * <p>Safe for use from several threads.
 */
public final class Phase implements AutoCloseable {
  private final String name;
  private final long total;
  private final Optional<Phase> parent;
  private final RunContext context;
  private final Instant started;
  private final AtomicLong done = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param total number of steps, or -1 when it is not known
   * @param around what it is started from
   */
  Phase(String name, long total, RunContext around) {
    this.name = requireNonNull(name, "name is null");
    this.total = total;
    this.parent = around.phase();
    this.started = around.clock().instant();
    this.context = around.within(this);
  }

  /** As shown to a person, for example "encode". */
  public String name() {
    return name;
  }

  /** The names of the phases around it, outermost first, and its own. */
  public List<String> path() {
    Deque<String> path = new ArrayDeque<>();
    for (Phase at = this; at != null; at = at.parent.orElse(null)) {
      path.addFirst(at.name);
    }
    return List.copyOf(path);
  }

  /** The phase that it is part of. */
  public Optional<Phase> parent() {
    return parent;
  }

  /** The number of steps; empty when it is not known. */
  public OptionalLong total() {
    return total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
  }

  /** Steps that are done. */
  public long done() {
    return done.get();
  }

  public Instant started() {
    return started;
  }

  public boolean hasEnded() {
    return ended.get();
  }

  /**
   * How long the steps that are left take, if they are as long as those done; empty before the
   * first, and when their number is not known.
   */
  public Optional<Duration> remaining() {
    long steps = done.get();
    if (steps < 1 || total < 0) {
      return Optional.empty();
    }
    double each = (double) Duration.between(started, context.clock().instant()).toMillis() / steps;
    return Optional.of(Duration.ofMillis(Math.round(each * Math.max(0, total - steps))));
  }

  /** For what is done within a step: its phases are parts of this one. */
  public RunContext context() {
    return context;
  }

  /**
   * Reports that {@code count} more steps are done.
   *
   * @throws CancelledException when the work is to stop
   */
  public void step(long count) {
    done.addAndGet(count);
    context.listener().advanced(this, count);
    context.checkCancelled();
  }

  /** Ends it, whether all steps are done or not; ending it again does nothing. */
  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      context.listener().ended(this);
    }
  }

  @Override
  public String toString() {
    return String.join(" > ", path());
  }
}
