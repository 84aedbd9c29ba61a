package dev.anvil.app;

/**
 * How a pack compares with published numbers.
 *
 * @param words what was found, or why nothing was compared
 */
record Acceptance(String pack, String test, Outcome outcome, String words) {
  enum Outcome {
    AGREES,
    DIFFERS,
    NOT_RUN
  }

  boolean failed() {
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
