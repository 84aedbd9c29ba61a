package dev.anvil;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with an input.
 *
 * @param where file, line or field, for example {@code posts.csv line 218}
 * @param message what was found and what was expected
 */
public record Problem(String where, String message) {
  public Problem {
    requireNonNull(where, "where is null");
    requireNonNull(message, "message is null");
  }

  @Override
  public String toString() {
    return where + ": " + message;
  }
}
