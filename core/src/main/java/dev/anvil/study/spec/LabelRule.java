package dev.anvil.study.spec;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.edit.InsertCutout;
import dev.anvil.edit.Shown;
import dev.anvil.image.OkLab;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How posts with a characteristic are recognised when nobody has labelled them (docs/method.md
 * section 3.4).
 *
 * @param kind of the sign
 * @param name of the column for {@link Kind#WHERE}, the label for {@link Kind#PLACE}; empty
 *     otherwise
 * @param value of the column, the label, the description, the colour in hexadecimal digits, or the
 *     place
 */
public record LabelRule(Kind kind, String name, String value) {
  static final String WHERE = "where";
  static final String PLACE = "place";

  /** Marks that one text says all of, by the word for their kind. */
  static final Map<String, Function<String, LabelRule>> OF_TEXT =
      Map.of(
          "element",
          LabelRule::element,
          "without",
          LabelRule::without,
          "colour",
          LabelRule::colour,
          "text",
          LabelRule::text);

  /** What is looked at. */
  public enum Kind {
    /** A column of the metadata has the value. */
    WHERE,
    /** The segmenter finds the label. */
    ELEMENT,
    /** The segmenter does not find the label. */
    WITHOUT,
    /** The paint of the factor's element is near the colour, and no other level's is nearer. */
    COLOUR,
    /** The picture looks more like this description than like those of other levels. */
    TEXT,
    /**
     * What the name says stands at that place round the factor's element, A to H, or nowhere round
     * it.
     */
    PLACE
  }

  public LabelRule {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
  }

  public static LabelRule where(String column, String value) {
    return new LabelRule(Kind.WHERE, column, value);
  }

  public static LabelRule element(String label) {
    return new LabelRule(Kind.ELEMENT, "", label);
  }

  public static LabelRule without(String label) {
    return new LabelRule(Kind.WITHOUT, "", label);
  }

  /**
   * A colour.
   *
   * @param hex sRGB in six hexadecimal digits
   * @throws InvalidInputException when it is not
   */
  public static LabelRule colour(String hex) {
    try {
      OkLab.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("colour", e.getMessage());
    }
    return new LabelRule(Kind.COLOUR, "", hex);
  }

  /** A description in words, which needs an encoder with a text tower. */
  public static LabelRule text(String description) {
    if (description.isBlank()) {
      throw new InvalidInputException("text", "is empty; expected a description");
    }
    return new LabelRule(Kind.TEXT, "", description);
  }

  /**
   * A place round the factor's element, see {@code edit.InsertCutout}.
   *
   * @param label of what stands there
   * @param place A to H, or {@link InsertCutout#NONE}
   * @throws InvalidInputException when there is no such place
   */
  public static LabelRule place(String label, String place) {
    if (!place.equals(InsertCutout.NONE) && !InsertCutout.places().contains(place)) {
      throw new InvalidInputException(
          "place", "found %s; expected one of %s".formatted(place, InsertCutout.places()));
    }
    return new LabelRule(Kind.PLACE, label, place);
  }

  /**
   * What is to be found where a picture shows what an editor says.
   *
   * @param element labels of what was edited: where a figure is put beside such a figure, none but
   *     that one is to be left
   */
  public static LabelRule of(Shown shown, List<String> element) {
    if (shown instanceof Shown.Paint paint) {
      return colour(paint.hex());
    }
    Shown.Figure figure = (Shown.Figure) shown;
    return figure.place().equals(InsertCutout.NONE) && !element.contains(figure.label())
        ? without(figure.label())
        : place(figure.label(), figure.place());
  }

  /** As shown to people. */
  public String words() {
    return switch (kind) {
      case WHERE -> "%s is %s".formatted(name, value);
      case ELEMENT -> "%s found".formatted(value);
      case WITHOUT -> "no %s found".formatted(value);
      case PLACE ->
          value.equals(InsertCutout.NONE)
              ? "no other %s found".formatted(name)
              : "%s at %s".formatted(name, value);
      case TEXT -> "looks like \"%s\"".formatted(value);
      case COLOUR -> "colour near %s".formatted(value);
    };
  }
}
