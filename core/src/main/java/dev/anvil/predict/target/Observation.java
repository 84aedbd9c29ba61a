package dev.anvil.predict.target;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;

/** A metric's value at a time. */
public record Observation(LocalDateTime time, double value) {
  public Observation {
    requireNonNull(time, "time is null");
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value %s at %s is not finite".formatted(value, time));
    }
  }
}
