package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.Mend;
import java.util.Optional;

/**
 * What a person should know of how a table was read.
 *
 * @param text a sentence
 * @param mend what to give to have it otherwise
 */
public record Note(String text, Optional<Mend> mend) {
  public Note {
    requireNonNull(text, "text is null");
    requireNonNull(mend, "mend is null");
  }

  static Note of(String text) {
    return new Note(text, Optional.empty());
  }

  static Note of(String text, String field, String value) {
    return new Note(text, Optional.of(new Mend(field, value)));
  }
}
