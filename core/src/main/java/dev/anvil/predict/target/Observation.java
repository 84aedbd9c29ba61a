package dev.anvil.predict.target;

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.util.Optional;

/** A metric's value at a time, which may be unknown. */
public record Observation(Optional<LocalDateTime> time, double value) {
  public Observation {
    requireNonNull(time, "time is null");
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value %s at %s is not finite".formatted(value, time));
    }
  }

  /** A value at a known time. */
  public Observation(LocalDateTime time, double value) {
    this(Optional.of(time), value);
  }
}
