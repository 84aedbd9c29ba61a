package dev.anvil.study.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a first study file for a campaign: the questions that its own elements allow, to be edited
 * by hand.
 */
public final class StarterStudy {
  private static final Set<String> VEHICLES = Set.of("car", "truck", "bus", "motorcycle");
  private static final String PERSON = "person";

  private StarterStudy() {}

  /**
   * A study of the campaign's most frequent element.
   *
   * @param metric the metric of the model
   * @param creativesByLabel on how many creatives each label was found, the background left out
   * @return YAML that {@link StudyFile} reads
   */
  public static String yaml(String metric, Map<String, Integer> creativesByLabel) {
    Optional<String> commonest =
        creativesByLabel.entrySet().stream()
            .max(
                Map.Entry.<String, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .map(Map.Entry::getKey);
    String main =
        commonest.map(l -> VEHICLES.contains(l) ? "[car, truck, bus]" : "[" + l + "]").orElse("[]");
    List<String> parts = new ArrayList<>();
    parts.add(
        """
        # A first study. Edit it: levels, colours, sources; docs/study.md explains every field.
        anvil: study/1
        name: What drives %s
        metric: %s
        seed: 1
        smallest_effect: 0.05
        sources: {element: %s, count: 40}
        factors:
        """
            .formatted(metric, metric, main));
    if (commonest.isPresent() && !commonest.get().equals(PERSON)) {
      parts.add(
          """
            colour of the %s:
              element: %s
              editor: recolor
              reference: average
              levels:
                red: {colour: "#b3161b"}
                yellow: {colour: "#f0b81c"}
                blue: {colour: "#1f4fa8"}
                white: {colour: "#eceff1"}
                black: {colour: "#16181b"}
          """
              .formatted(commonest.get(), main));
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
}
