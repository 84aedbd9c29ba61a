package dev.anvil.monitor;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;

/** A finite number at a time, such as the residual of a post. */
public record Timed(LocalDateTime time, double value) {
  public Timed {
    requireNonNull(time, "time is null");
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value %s at %s is not finite".formatted(value, time));
    }
  }
}
