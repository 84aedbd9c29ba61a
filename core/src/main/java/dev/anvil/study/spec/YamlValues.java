package dev.anvil.study.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of a YAML node; what has another type is as if it were missing, and the schema says so.
 */
final class YamlValues {
  private static final YAMLMapper YAML = new YAMLMapper();

  private YamlValues() {}

  static Map<String, Object> parameters(JsonNode node) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    node.properties()
        .forEach(e -> parameters.put(e.getKey(), YAML.convertValue(e.getValue(), Object.class)));
    return parameters;
  }

  static double number(JsonNode node, String field, double otherwise) {
    JsonNode value = node.path(field);
    return value.isNumber() ? value.asDouble() : otherwise;
  }

  static String text(JsonNode node, String field, String otherwise) {
    JsonNode value = node.path(field);
    return value.isTextual() ? value.asText() : otherwise;
  }

  static List<String> texts(JsonNode node, String field) {
    JsonNode value = node.path(field);
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(v -> texts.add(v.asText()));
    } else if (!value.isMissingNode()) {
      texts.add(value.asText());
    }
    return texts;
  }
}
