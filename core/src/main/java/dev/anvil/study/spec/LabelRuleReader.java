package dev.anvil.study.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.edit.InsertCutout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads how posts that show the levels of a factor are recognised. */
final class LabelRuleReader {
  static final String LABELS = "labels";

  /** What {@link #LABELS} was called before. */
  static final String MARKS = "marks";

  private final StudyMistakes mistakes;

  LabelRuleReader(StudyMistakes mistakes) {
    this.mistakes = mistakes;
  }

  /**
   * The rules of a factor's levels, of those that have one.
   *
   * @param levels parameters of each level
   * @param path of the factor in the study
   */
  Map<String, LabelRule> labels(
      JsonNode node, Map<String, Map<String, Object>> levels, String path) {
    Map<String, LabelRule> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> level : node.path("levels").properties()) {
      JsonNode declared = level.getValue();
      String place = path + "levels." + level.getKey() + ".";
      if (declared.has(MARKS)) {
        mistakes.addDeprecated(place, MARKS, LABELS);
      }
      if (declared.has(MARKS) && declared.has(LABELS)) {
        mistakes.add(
            place + MARKS, "is the old name of %s; expected one of the two".formatted(LABELS));
      } else if (declared.has(MARKS) || declared.has(LABELS)) {
        String key = declared.has(LABELS) ? LABELS : MARKS;
        rule(declared.path(key), InsertCutout.figure(levels.get(level.getKey())), place + key)
            .ifPresent(rule -> labels.put(level.getKey(), rule));
      }
    }
    return labels;
  }

  /**
   * How a level is recognised.
   *
   * @param figure what stands at a place
   */
  private Optional<LabelRule> rule(JsonNode node, String figure, String path) {
    try {
      JsonNode column = node.path(LabelRule.WHERE);
      if (node.size() == 1 && column.size() == 1) {
        String name = column.fieldNames().next();
        return Optional.of(LabelRule.where(name, column.path(name).asText()));
      }
      if (node.size() == 1 && node.path(LabelRule.PLACE).isTextual()) {
        return Optional.of(LabelRule.place(figure, node.path(LabelRule.PLACE).asText()));
      }
      for (Map.Entry<String, Function<String, LabelRule>> kind : LabelRule.OF_TEXT.entrySet()) {
        if (node.size() == 1 && node.path(kind.getKey()).isTextual()) {
          return Optional.of(kind.getValue().apply(node.path(kind.getKey()).asText()));
        }
      }
      mistakes.add(
          path,
          "is %s; expected one of {where: {column: value}}, {element: label}, {without: label}, {colour: \"#b3161b\"}, {text: \"a red chair\"}, {place: A}"
              .formatted(node));
    } catch (InvalidInputException e) {
      e.problems().forEach(p -> mistakes.add(path, p.message()));
    }
    return Optional.empty();
  }
}
