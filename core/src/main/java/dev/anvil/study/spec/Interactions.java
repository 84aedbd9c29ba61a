package dev.anvil.study.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.edit.Combine;
import dev.anvil.edit.Editors;
import dev.anvil.study.spec.StudySpec.Factor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the interactions of a study, and checks what factors combine. */
final class Interactions {
  /** With more, few posts show any one combination. */
  private static final int MOST_PARTS = 3;

  private static final String LEFT_ALONE = "as posted";

  private Interactions() {}

  /**
   * One crossed factor per interaction: {@code red in the forest: {colour: [red, black], setting:
   * [forest, urban]}}. A single choice is compared with leaving that factor as it is.
   *
   * @param problem takes a field and what is wrong with it
   */
  static List<Factor> of(JsonNode node, List<Factor> factors, BiConsumer<String, String> problem) {
    List<Factor> crossed = new ArrayList<>();
    for (Map.Entry<String, JsonNode> e : node.properties()) {
      Map<String, List<String>> choices = new LinkedHashMap<>();
      String path = "interactions." + e.getKey();
      for (Map.Entry<String, JsonNode> part : e.getValue().properties()) {
        List<String> levels = new ArrayList<>();
        if (part.getValue().isArray()) {
          part.getValue().forEach(level -> levels.add(level.asText()));
        } else {
          levels.add(part.getValue().asText());
        }
        if (levels.isEmpty() || levels.stream().distinct().count() < levels.size()) {
          problem.accept(
              path + "." + part.getKey(),
              "is %s; expected a level, or two different ones".formatted(levels));
        } else if (levels.size() > 2) {
          problem.accept(
              path + "." + part.getKey(),
              "has %d levels; expected one, or two to be compared".formatted(levels.size()));
        } else {
          choices.put(part.getKey(), levels);
        }
      }
      if (choices.size() < 2 || choices.size() > MOST_PARTS) {
        problem.accept(
            path,
            "has %d factors; expected two or three, each with one level or two"
                .formatted(choices.size()));
      } else if (factors.stream().anyMatch(f -> f.name().equals(e.getKey()))) {
        problem.accept(path, "is the name of a factor too; expected another");
      } else {
        crossed.add(crossed(e.getKey(), choices, factors));
      }
    }
    return crossed;
  }

  private static Factor crossed(
      String name, Map<String, List<String>> choices, List<Factor> factors) {
    Map<String, Map<String, Object>> levels = new LinkedHashMap<>();
    List<String> parts = List.copyOf(choices.keySet());
    for (int number = 0; number < 1 << parts.size(); number++) {
      Map<String, Object> combination = new LinkedHashMap<>();
      List<String> words = new ArrayList<>();
      for (int p = 0; p < parts.size(); p++) {
        int choice = number >> p & 1;
        List<String> own = choices.get(parts.get(p));
        if (choice < own.size()) {
          combination.put(parts.get(p), own.get(choice));
        }
        words.add(choice < own.size() ? own.get(choice) : LEFT_ALONE);
      }
      levels.put(String.join(" + ", words), combination);
    }
    return new Factor(
        name,
        Character.toUpperCase(name.charAt(0)) + name.substring(1),
        "pictures with " + StudySpec.LEVEL,
        List.of(StudySpec.PICTURE),
        Optional.empty(),
        Combine.NAME,
        StudySpec.CROSSED,
        factors.stream()
            .filter(f -> choices.containsKey(f.name()))
            .mapToInt(Factor::seeds)
            .max()
            .orElse(1),
        levels,
        Map.of());
  }

  /** Whether what factors combine is there. */
  static void check(List<Factor> factors, BiConsumer<String, String> problem) {
    for (Factor factor : factors) {
      if (factor.combines()) {
        String path =
            factor.reference().equals(StudySpec.CROSSED)
                ? "interactions." + factor.name()
                : "factors." + factor.name() + ".levels";
        factor.levels().values().stream()
            .flatMap(l -> l.entrySet().stream())
            .distinct()
            .forEach(part -> check(part, factors, path, problem));
      }
    }
  }

  private static void check(
      Map.Entry<String, Object> part,
      List<Factor> factors,
      String path,
      BiConsumer<String, String> problem) {
    List<String> names = factors.stream().filter(f -> !f.combines()).map(Factor::name).toList();
    Optional<Factor> named =
        factors.stream().filter(f -> !f.combines() && f.name().equals(part.getKey())).findFirst();
    if (named.isEmpty()) {
      problem.accept(path, "combines %s; expected some of %s".formatted(part.getKey(), names));
    } else if (!named.get().levels().containsKey(part.getValue().toString())) {
      problem.accept(
          path,
          "has %s: %s; expected one of %s"
              .formatted(part.getKey(), part.getValue(), named.get().levels().keySet()));
    } else if (isWhole(named.get())) {
      problem.accept(
          path,
          "combines %s, whose editor %s gives whole pictures; expected factors that change one element"
              .formatted(part.getKey(), named.get().editor()));
    }
  }

  private static boolean isWhole(Factor factor) {
    return Editors.kind(factor.editor()).filter(kind -> kind.scope().isWhole()).isPresent();
  }
}
