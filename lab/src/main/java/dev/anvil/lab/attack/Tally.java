package dev.anvil.lab.attack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts the tries of an attack. Safe for use from several threads. */
final class Tally {
  private final Instant begun = Instant.now();
  private final List<String> failures = new ArrayList<>();
  private int tried;
  private String left = "";

  synchronized void held() {
    tried++;
  }

  /**
   * Counts a failure.
   *
   * @param input under which it failed, as short as it can be told
   */
  synchronized void failed(String input, String what) {
    tried++;
    failures.add(input + ": " + what);
  }

  /** Counts a try that held if the condition is true. */
  void check(boolean holds, String input, String what) {
    if (holds) {
      held();
    } else {
      failed(input, what);
    }
  }

  synchronized int tried() {
    return tried;
  }

  synchronized void left(String why) {
    left = why;
  }

  synchronized AttackVerdict verdict(String attack, String expectation) {
    List<String> shortest = new ArrayList<>(failures);
    shortest.sort(Comparator.comparingInt(String::length));
    return new AttackVerdict(
        attack, expectation, tried, shortest, left, Duration.between(begun, Instant.now()));
  }
}
