package dev.anvil.study.spec;

import static dev.anvil.study.spec.YamlValues.number;
import static dev.anvil.study.spec.YamlValues.parameters;
import static dev.anvil.study.spec.YamlValues.text;
import static dev.anvil.study.spec.YamlValues.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the factors and placebos of a study. */
final class FactorReader {
  /** Each level makes pictures of every source. */
  private static final int MOST_LEVELS = 1000;

  private final StudyMistakes mistakes;
  private final LabelRuleReader rules;

  FactorReader(StudyMistakes mistakes) {
    this.mistakes = mistakes;
    this.rules = new LabelRuleReader(mistakes);
  }

  /**
   * Factors by their names.
   *
   * @param field of the study that declares them
   */
  List<Factor> factors(JsonNode root, String field) {
    List<Factor> factors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> e : root.path(field).properties()) {
      if (e.getKey().isBlank()) {
        mistakes.add(field, "has one without a name; expected a name such as colour");
      } else {
        factors.add(factor(e.getKey(), e.getValue(), field));
      }
    }
    return factors;
  }

  private Factor factor(String name, JsonNode node, String parent) {
    String path = parent + "." + name + ".";
    Map<String, Map<String, Object>> levels = levels(node, path);
    if (levels.isEmpty()) {
      mistakes.add(path + "levels", "has none; expected at least one level");
    }
    String reference = text(node, "reference", StudySpec.CONTROL);
    if (levels.size() > MOST_LEVELS) {
      mistakes.add(
          path + "levels",
          "has %d; expected at most %d: divide them among several studies"
              .formatted(levels.size(), MOST_LEVELS));
      levels
          .keySet()
          .retainAll(levels.keySet().stream().limit(MOST_LEVELS).collect(Collectors.toSet()));
    }
    Set<String> references = new TreeSet<>(levels.keySet());
    references.add(StudySpec.CONTROL);
    references.add(StudySpec.AVERAGE);
    if (!references.contains(reference)) {
      mistakes.add(
          path + "reference", "is \"%s\"; expected one of %s".formatted(reference, references));
    }
    if (reference.equals(StudySpec.AVERAGE) && levels.size() < 2) {
      mistakes.add(
          path + "levels", "has one level; expected two or more to be compared with their average");
    }
    if (levels.keySet().equals(Set.of(reference))) {
      mistakes.add(
          path + "levels",
          "has only the reference \"%s\"; expected another level to be compared with it, or"
                  .formatted(reference)
              + " \"reference: control\"");
    }
    if (!node.path("editor").isTextual()) {
      mistakes.add(path + "editor", "is missing; expected the name of an editor");
    }
    boolean combined =
        Editors.kind(node.path("editor").asText())
            .filter(kind -> kind.scope() == EditorKind.Scope.FACTORS)
            .isPresent();
    List<String> element = combined ? List.of(StudySpec.PICTURE) : texts(node, "element");
    if (element.isEmpty()) {
      mistakes.add(
          path + "element", "is missing; expected a label such as person, background or picture");
    }
    return new Factor(
        name,
        text(node, "title", Character.toUpperCase(name.charAt(0)) + name.substring(1)),
        text(node, "phrase", "pictures with " + name + " {level}"),
        element,
        Optional.ofNullable(node.path("without").asText(null)),
        node.path("editor").asText(),
        reference,
        (int) number(node, "seeds", 1),
        levels,
        rules.labels(node, levels, path));
  }

  /** Each level's parameters: the factor's {@code with}, {level} filled in, under its own. */
  private Map<String, Map<String, Object>> levels(JsonNode node, String path) {
    Map<String, Map<String, Object>> own = new LinkedHashMap<>();
    if (node.path("levels").isArray()) {
      for (JsonNode level : node.path("levels")) {
        if (own.put(level.asText(), Map.of()) != null) {
          mistakes.add(
              path + "levels", "has \"%s\" twice; expected each once".formatted(level.asText()));
        }
      }
    } else {
      node.path("levels").properties().forEach(e -> own.put(e.getKey(), parameters(e.getValue())));
    }
    if (own.keySet().removeIf(String::isBlank)) {
      mistakes.add(path + "levels", "has one without a name; expected a name such as red");
    }
    Map<String, Map<String, Object>> levels = new LinkedHashMap<>();
    own.forEach(
        (level, parameters) -> {
          Map<String, Object> merged = new LinkedHashMap<>();
          parameters(node.path("with")).forEach((name, v) -> merged.put(name, filled(v, level)));
          merged.putAll(parameters);
          merged.remove(LabelRuleReader.LABELS);
          merged.remove(LabelRuleReader.MARKS);
          levels.put(level, merged);
        });
    return levels;
  }

  private static Object filled(Object value, String level) {
    return value instanceof String text ? text.replace(StudySpec.LEVEL, level) : value;
  }
}
