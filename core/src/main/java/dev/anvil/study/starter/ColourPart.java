package dev.anvil.study.starter;

import dev.anvil.segment.Subject;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in a starter study which colours the main element has. */
final class ColourPart {
  /** Clothes and skin are not one paint. */
  private static final String PERSON = "person";

  private ColourPart() {}

  /** Whether the main element can be repainted. */
  static boolean canPaint(Subject subject) {
    return subject.name().isPresent() && !subject.is(PERSON);
  }

  static StarterPart none(Subject subject) {
    return StarterPart.none(
        subject.name().isEmpty()
            ? "No colours: no element was found on the pictures."
            : "No colours: clothes and skin of a person are not one paint.");
  }

  static StarterPart of(Subject subject, ColourLevels colours) {
    String name = subject.name().orElseThrow();
    if (colours.levels().size() < 2) {
      return StarterPart.none(
          "No colours of the %s: two of them need %d different pictures each; found %s."
              .formatted(name, Enough.PICTURES, all(colours)));
    }
    StringBuilder yaml =
        new StringBuilder(
            """
              %s:
                phrase: %s
                element: %s
                editor: recolor
                reference: average
                levels:
            """
                .formatted(
                    Yaml.text("colour of the " + name),
                    Yaml.text("pictures with a {level} " + name),
                    Yaml.list(subject.labels())));
    colours
        .levels()
        .forEach(
            level ->
                yaml.append(
                    "      %s: {colour: \"%s\"} # %d pictures\n"
                        .formatted(level.name(), level.hex(), level.pictures())));
    return new StarterPart(
        "Colours of the %s as the pictures show them.".formatted(name) + others(colours),
        Optional.of(yaml.toString()));
  }

  private static String all(ColourLevels colours) {
    String found =
        colours.levels().stream()
            .map(level -> "%s %d".formatted(level.name(), level.pictures()))
            .collect(Collectors.joining(", "));
    String few = counts(colours.others());
    return found.isEmpty()
        ? few.isEmpty() ? "none" : few
        : few.isEmpty() ? found : found + ", " + few;
  }

  private static String others(ColourLevels colours) {
    return colours.others().isEmpty()
        ? ""
        : " Left out, with the number of pictures (a level needs %d; %d levels at most): %s."
            .formatted(Enough.PICTURES, Enough.LEVELS, counts(colours.others()));
  }

  private static String counts(Map<String, Integer> pictures) {
    return pictures.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
