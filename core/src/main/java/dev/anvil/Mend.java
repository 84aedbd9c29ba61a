package dev.anvil;

import static java.util.Objects.requireNonNull;

/**
 * What would mend a problem: a field of the request and a value for it. The command line shows it
 * as an option.
 *
 * @param field as it is called in the request's JSON, for example {@code picture}
 * @param value to give it, or in capitals what to give
 */
public record Mend(String field, String value) {
  public Mend {
    requireNonNull(field, "field is null");
    requireNonNull(value, "value is null");
  }
}
