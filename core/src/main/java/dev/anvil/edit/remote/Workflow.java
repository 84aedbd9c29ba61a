package dev.anvil.edit.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ComfyUI graph in API format with places such as {@code {prompt}} in its texts. A text that is
 * one place only becomes the value itself, a number where it is one.
 */
final class Workflow {
  /** What every workflow must use. */
  static final Set<String> NEEDED = Set.of("image", "mask", "prompt", "seed");

  /** What a workflow may use. */
  static final Set<String> PLACES =
      Set.of(
          "image",
          "mask",
          "prompt",
          "negative",
          "seed",
          "steps",
          "guidance",
          "strength",
          "sampler",
          "scheduler",
          "width",
          "height",
          "model",
          "control_module",
          "control_model",
          "control_weight",
          "control_start",
          "control_end");

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)\\}");

  private final String description;
  private final JsonNode graph;
  private final Set<String> used = new TreeSet<>();

  /**
   * Reads a workflow.
   *
   * @param name of the file, for messages and provenance
   * @throws InvalidInputException with everything that is wrong with it
   */
  Workflow(String name, String text) {
    try {
      this.graph = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          name,
          "found no JSON at line %d (%s); expected a workflow in API format"
              .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()));
    }
    this.description = name + "@" + Sha256.of(text).substring(0, 16);
    List<Problem> problems = new ArrayList<>();
    if (!graph.isObject() || graph.isEmpty()) {
      throw new InvalidInputException(name, "found no nodes; expected a workflow in API format");
    }
    graph
        .properties()
        .forEach(
            node -> {
              if (!node.getValue().path("class_type").isTextual()
                  || !node.getValue().path("inputs").isObject()) {
                problems.add(
                    new Problem(
                        name + " node " + node.getKey(),
                        "found no class_type or inputs; expected both, as \"Save (API Format)\""
                            + " writes them"));
              }
            });
    collect(graph);
    used.stream()
        .filter(place -> !PLACES.contains(place))
        .forEach(
            place ->
                problems.add(
                    new Problem(
                        name,
                        "found {%s}; expected one of %s".formatted(place, new TreeSet<>(PLACES)))));
    new TreeSet<>(NEEDED)
        .stream()
            .filter(place -> !used.contains(place))
            .forEach(
                place ->
                    problems.add(new Problem(name, "found no {%s}; expected it".formatted(place))));
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** The file's name and digest. */
  String description() {
    return description;
  }

  /** Whether a ControlNet is expected. */
  boolean usesControl() {
    return used.stream().anyMatch(place -> place.startsWith("control_"));
  }

  /** Whether a place is used. */
  boolean uses(String place) {
    return used.contains(place);
  }

  /**
   * The graph with all places filled.
   *
   * @param values texts and numbers by place
   */
  ObjectNode filled(Map<String, Object> values) {
    return (ObjectNode) filled(graph, values);
  }

  private void collect(JsonNode node) {
    if (node.isTextual()) {
      Matcher places = PLACE.matcher(node.textValue());
      while (places.find()) {
        used.add(places.group(1));
      }
    }
    node.forEach(this::collect);
  }

  private static JsonNode filled(JsonNode node, Map<String, Object> values) {
    if (node.isObject()) {
      ObjectNode out = JSON.createObjectNode();
      node.properties().forEach(e -> out.set(e.getKey(), filled(e.getValue(), values)));
      return out;
    }
    if (node.isArray()) {
      ArrayNode out = JSON.createArrayNode();
      node.forEach(n -> out.add(filled(n, values)));
      return out;
    }
    if (!node.isTextual()) {
      return node;
    }
    Matcher places = PLACE.matcher(node.textValue());
    if (places.matches()) {
      return JSON.valueToTree(values.get(places.group(1)));
    }
    return TextNode.valueOf(
        places
            .reset()
            .replaceAll(p -> Matcher.quoteReplacement(values.get(p.group(1)).toString())));
  }
}
