package dev.anvil.edit.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server says of a failure, in words. Knows FastAPI's {@code detail} and {@code errors}
 * (AUTOMATIC1111), {@code error} with {@code node_errors} (ComfyUI) and {@code error.message}
 * (OpenAI); anything else is shown as it begins.
 */
final class ErrorWords {
  private static final JsonMapper JSON = new JsonMapper();

  private ErrorWords() {}

  static String of(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      List<String> said = new ArrayList<>();
      add(said, root.path("error"));
      add(said, root.path("detail"));
      add(said, root.path("errors"));
      root.path("node_errors").properties().forEach(e -> node(said, e.getKey(), e.getValue()));
      if (!said.isEmpty()) {
        return String.join("; ", said);
      }
    } catch (IOException e) {
      return plain(body); // not JSON
    }
    return plain(body);
  }

  private static String plain(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static void node(List<String> said, String id, JsonNode node) {
    for (JsonNode error : node.path("errors")) {
      said.add(
          "node %s (%s): %s".formatted(id, node.path("class_type").asText("unknown"), one(error)));
    }
  }

  private static void add(List<String> said, JsonNode node) {
    if (node.isArray()) {
      node.forEach(n -> add(said, n));
    } else {
      String text = one(node);
      if (!text.isBlank()) {
        said.add(text);
      }
    }
  }

  /** A text, or the message, its details and where it belongs. */
  private static String one(JsonNode node) {
    if (!node.isObject()) {
      return node.asText("");
    }
    List<String> parts = new ArrayList<>();
    for (String field : List.of("message", "msg", "details", "exception_message")) {
      String text = node.path(field).asText("").strip();
      if (!text.isEmpty()) {
        parts.add(text);
      }
    }
    List<String> where = new ArrayList<>();
    node.path("loc").forEach(l -> where.add(l.asText()));
    return String.join(", ", parts) + (where.isEmpty() ? "" : " at " + String.join(".", where));
  }
}
