package dev.anvil.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.anvil.engine.request.EngineJson;

/** Values on their way to executors and back. */
final class Json {
  private Json() {}

  static String write(Object value) {
    try {
      return EngineJson.compact().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value.getClass() + " has no JSON", e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return EngineJson.compact().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("found other JSON than was written of " + type, e);
    }
  }
}
