package dev.anvil.lab.attack;

import java.time.Duration;
import java.util.List;

/**
 * What came of an attack.
 *
 * @param attack its name
 * @param expectation what has to hold, in words
 * @param tried how often it was tried
 * @param failures inputs under which it did not hold, with what happened; the smallest first
 * @param left why it was not tried, or not as often as asked; empty where it was
 * @param took wall time
 */
public record AttackVerdict(
    String attack,
    String expectation,
    int tried,
    List<String> failures,
    String left,
    Duration took) {
  public AttackVerdict {
    failures = List.copyOf(failures);
  }

  public boolean hasHeld() {
    return failures.isEmpty();
  }
}
