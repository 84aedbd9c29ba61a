package dev.anvil.study.starter;

import dev.anvil.segment.Subject;
import java.util.Optional;

/** Says in a starter study what stands beside the main element: taken out, and put in. */
final class CompanionPart {
  private CompanionPart() {}

  static StarterPart none() {
    return StarterPart.none("Nothing is found on the pictures beside the main element.");
  }

  /**
   * What can be studied of it.
   *
   * @param figures pattern of the files of figures that were cut out; empty where there are too few
   */
  static StarterPart of(Companion companion, Subject subject, Optional<String> figures) {
    String label = companion.label();
    String counts =
        "%d different pictures show a %s, %d show none"
            .formatted(companion.with(), label, companion.without());
    if (!companion.canBeCorrected()) {
      return StarterPart.none(
          "No %s: %s; %d of each are needed.".formatted(label, counts, Enough.PICTURES));
    }
    String name = label.equals("person") ? "people" : label;
    if (figures.isEmpty() || subject.name().isEmpty()) {
      return new StarterPart(
          "%s, taken out only: %s. There are not enough whole ones that stand free to be put in."
              .formatted(capital(name), counts),
          Optional.of(
              """
                %s:
                  element: %s
                  editor: remove
                  levels:
                    without: {labels: {without: %s}}
              """
                  .formatted(Yaml.text(name), Yaml.text(label), Yaml.text(label))));
    }
    return new StarterPart(
        "%s, taken out and put in: %s. The figures are cut out of your posts."
            .formatted(capital(name), counts),
        Optional.of(
            """
              %s:
                phrase: %s
                element: %s
                editor: insert
                reference: without
                seeds: 2
                levels:
                  without: {position: none%s, labels: {without: %s}}
                  with: {position: %s%s, figures: %s, labels: {element: %s}}
            """
                .formatted(
                    Yaml.text(name),
                    Yaml.text("pictures {level} a " + label),
                    Yaml.list(subject.labels()),
                    label(label),
                    Yaml.text(label),
                    companion.place().orElseThrow(),
                    label(label),
                    Yaml.text(figures.get()),
                    Yaml.text(label))));
  }

  private static String label(String label) {
    return label.equals("person") ? "" : ", label: " + Yaml.text(label);
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
