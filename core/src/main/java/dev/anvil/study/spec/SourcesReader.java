package dev.anvil.study.spec;

import static dev.anvil.study.spec.YamlValues.number;
import static dev.anvil.study.spec.YamlValues.parameters;
import static dev.anvil.study.spec.YamlValues.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.study.spec.StudySpec.Generation;
import dev.anvil.study.spec.StudySpec.Sources;
import dev.anvil.study.spec.StudySpec.Stop;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which creatives a study edits, and how many of them. */
final class SourcesReader {
  private final StudyMistakes mistakes;

  SourcesReader(StudyMistakes mistakes) {
    this.mistakes = mistakes;
  }

  Sources sources(JsonNode node) {
    Map<String, String> conditions = new LinkedHashMap<>();
    node.path("where").properties().forEach(e -> conditions.put(e.getKey(), e.getValue().asText()));
    int count = (int) number(node, "count", 40);
    return new Sources(
        texts(node, "element"),
        count,
        number(node, "min_coverage", .02),
        number(node, "max_coverage", .9),
        conditions,
        texts(node, "ids"),
        node.has("generate") ? Optional.of(generation(node.path("generate"))) : Optional.empty(),
        node.has("stop") ? Optional.of(stop(node.path("stop"), count)) : Optional.empty());
  }

  private Stop stop(JsonNode node, int count) {
    String path = "sources.stop.";
    if (!node.has("half_width")) {
      mistakes.add(path + "half_width", "is missing; expected a share of the metric, such as 0.03");
    }
    int first = atMost(count, node, "first", path, Math.min(10, count));
    return new Stop(
        number(node, "half_width", .05), first, atMost(count, node, "step", path, first));
  }

  private int atMost(int count, JsonNode node, String field, String path, int otherwise) {
    int value = (int) number(node, field, otherwise);
    if (value > count) {
      mistakes.add(
          path + field, "is %d; expected at most the count, which is %d".formatted(value, count));
    }
    return value;
  }

  private Generation generation(JsonNode node) {
    String path = "sources.generate.";
    Map<String, Object> parameters = parameters(node);
    parameters.keySet().removeAll(Set.of("metadata", "time"));
    Map<String, String> metadata = new LinkedHashMap<>();
    node.path("metadata")
        .properties()
        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
    if (!node.path("prompt").isTextual()) {
      mistakes.add(path + "prompt", "is missing; expected a text with {factor} in it");
    }
    return new Generation(parameters, metadata, time(node, path));
  }

  private Optional<LocalDateTime> time(JsonNode node, String path) {
    JsonNode value = node.path("time");
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          value.asText().contains("T")
              ? LocalDateTime.parse(value.asText())
              : LocalDate.parse(value.asText()).atStartOfDay());
    } catch (DateTimeParseException e) {
      mistakes.add(path + "time", "is \"%s\"; expected a date or time".formatted(value.asText()));
      return Optional.empty();
    }
  }
}
