package dev.anvil;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that is wrong with an input.
 *
 * @param where file, line or field, for example {@code posts.csv line 218}
 * @param message what was found and what was expected
 * @param mend a field of the request that would mend it
 */
public record Problem(String where, String message, Optional<Mend> mend) {
  public Problem {
    requireNonNull(where, "where is null");
    requireNonNull(message, "message is null");
    requireNonNull(mend, "mend is null");
  }

  /** A problem that no field of the request mends. */
  public Problem(String where, String message) {
    this(where, message, Optional.empty());
  }

  @Override
  public String toString() {
    return where + ": " + message;
  }
}
