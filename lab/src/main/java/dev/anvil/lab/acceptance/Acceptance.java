package dev.anvil.lab.acceptance;

/**
 * How a pack compares with published numbers.
 *
 * @param words what was found, or why nothing was compared
 */
public record Acceptance(String pack, String test, Outcome outcome, String words) {
  /** What came of a comparison. */
  public enum Outcome {
    AGREES,
    DIFFERS,
    NOT_RUN
  }

  /** Whether it differs from what was published. */
  public boolean failed() {
    return outcome == Outcome.DIFFERS;
  }

  @Override
  public String toString() {
    return "%s: %s: %s"
        .formatted(
            pack,
            test,
            switch (outcome) {
              case AGREES -> "agrees, " + words;
              case DIFFERS -> "differs, " + words;
              case NOT_RUN -> "not compared, " + words;
            });
  }
}
