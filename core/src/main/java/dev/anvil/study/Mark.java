package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.image.OkLab;
import java.util.Map;
import java.util.function.Function;

/**
 * How posts with a characteristic are recognised when nobody has labelled them (METHOD 4).
 *
 * @param kind of the sign
 * @param name of the column for {@link Kind#WHERE}; empty otherwise
 * @param value of the column, the label, or the colour in hexadecimal digits
 */
public record Mark(Kind kind, String name, String value) {
  static final String WHERE = "where";

  /** Marks that one text says all of, by the word for their kind. */
  static final Map<String, Function<String, Mark>> OF_TEXT =
      Map.of("element", Mark::element, "without", Mark::without, "colour", Mark::colour);

  /** What is looked at. */
  public enum Kind {
    /** A column of the metadata has the value. */
    WHERE,
    /** The segmenter finds the label. */
    ELEMENT,
    /** The segmenter does not find the label. */
    WITHOUT,
    /** The paint of the factor's element is near the colour, and no other level's is nearer. */
    COLOUR
  }

  public Mark {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
  }

  public static Mark where(String column, String value) {
    return new Mark(Kind.WHERE, column, value);
  }

  public static Mark element(String label) {
    return new Mark(Kind.ELEMENT, "", label);
  }

  public static Mark without(String label) {
    return new Mark(Kind.WITHOUT, "", label);
  }

  /**
   * A colour.
   *
   * @param hex sRGB in six hexadecimal digits
   * @throws InvalidInputException when it is not
   */
  public static Mark colour(String hex) {
    try {
      OkLab.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("colour", e.getMessage());
    }
    return new Mark(Kind.COLOUR, "", hex);
  }

  /** As shown to people. */
  public String words() {
    return switch (kind) {
      case WHERE -> "%s is %s".formatted(name, value);
      case ELEMENT -> "%s found".formatted(value);
      case WITHOUT -> "no %s found".formatted(value);
      case COLOUR -> "colour near %s".formatted(value);
    };
  }
}
