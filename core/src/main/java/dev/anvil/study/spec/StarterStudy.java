package dev.anvil.study.spec;

import dev.anvil.segment.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a first study file for a campaign: the questions that its own elements allow, to be edited
 * by hand.
 */
public final class StarterStudy {
  private static final String PERSON = "person";

  private StarterStudy() {}

  /**
   * A study of what the campaign is about.
   *
   * @param metric the metric of the model
   * @param subject the model's main element
   * @param creativesByLabel on how many creatives each label was found, the background left out
   * @return YAML that {@link StudyFile} reads, and that code editors complete where {@link
   *     StudySchema#FILE} lies beside it
   */
  public static String yaml(String metric, Subject subject, Map<String, Integer> creativesByLabel) {
    String main =
        subject.labels().stream().map(StarterStudy::text).collect(Collectors.joining(", "));
    List<String> parts = new ArrayList<>();
    parts.add(
        """
        # yaml-language-server: $schema=%s
        # A first study. Edit it: levels, colours, sources; docs/study.md explains every field.
        anvil: study/1
        name: %s
        metric: %s
        seed: 1
        smallest_effect: 0.05
        sources: {element: [%s], count: 40}
        factors:
        """
            .formatted(StudySchema.FILE, text("What drives " + metric), text(metric), main));
    Optional<String> name = subject.name();
    // clothes and skin are not one paint
    if (name.isPresent() && !subject.is(PERSON)) {
      parts.add(
          """
            %s:
              phrase: %s
              element: [%s]
              editor: recolor
              reference: average
              levels:
                red: {colour: "#b3161b"}
                yellow: {colour: "#f0b81c"}
                blue: {colour: "#1f4fa8"}
                white: {colour: "#eceff1"}
                black: {colour: "#16181b"}
          """
              .formatted(
                  text("colour of the " + name.get()),
                  text("pictures with a {level} " + name.get()),
                  main));
    }
    if (creativesByLabel.getOrDefault(PERSON, 0) > 0) {
      parts.add(
          """
            people:
              element: person
              editor: remove
              levels:
                removed: {}
          """);
    }
    parts.add(
        """
          background:
            element: background
            editor: blur
            levels:
              blurred: {target: element, sigma: 0.01}
        placebos:
          slight tone:
            element: picture
            editor: tone
            levels:
              warm: {colour: "#d08040", strength: 0.05}
        """);
    return String.join("", parts);
  }

  /** As it stands where that is clear, else in quotation marks. */
  private static String text(String text) {
    return text.matches("(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][\\w ]*")
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
