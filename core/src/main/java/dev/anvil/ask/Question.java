package dev.anvil.ask;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A question in words.
 *
 * @param first words whose effect is asked for, for example "a red car"
 * @param others words that they are compared with, each counting alike; at least one
 */
public record Question(String first, List<String> others) {
  public Question {
    requireNonNull(first, "first is null");
    others = List.copyOf(others);
    if (others.isEmpty()) {
      throw new InvalidInputException(first, "is compared with nothing; expected other words");
    }
  }

  /** What the first words are compared with. */
  String second() {
    return String.join(" or ", others);
  }

  /** The first words in all templates, then the others. */
  Stream<String> prompts() {
    return Stream.concat(Stream.of(first), others.stream()).flatMap(w -> Prompts.of(w).stream());
  }
}
