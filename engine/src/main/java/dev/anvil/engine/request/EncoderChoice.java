package dev.anvil.engine.request;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.anvil.InvalidInputException;

/**
 * Which encoder looks at pictures.
 *
 * @param pack name of its model pack
 * @param scores whether a classifier's scores of its classes are taken for its features
 */
public record EncoderChoice(String pack, boolean scores) {
  private static final String SCORES = ":scores";

  /** That of the bundled pack. */
  public static final EncoderChoice BUNDLED = new EncoderChoice(BundledPack.NAME, false);

  public EncoderChoice {
    requireNonNull(pack, "pack is null");
  }

  /** A pack's name, followed by {@code :scores} where a classifier is wanted as it is. */
  @JsonCreator
  public static EncoderChoice parse(String text) {
    boolean scores = text.endsWith(SCORES);
    String pack = scores ? text.substring(0, text.length() - SCORES.length()) : text;
    if (pack.isBlank()) {
      throw new InvalidInputException("encoder", "found \"%s\"; expected a pack".formatted(text));
    }
    return new EncoderChoice(pack, scores);
  }

  /** What {@link #parse} reads. */
  @JsonValue
  public String text() {
    return scores ? pack + SCORES : pack;
  }
}
