package dev.anvil.engine.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.anvil.InvalidInputException;

/** Requests as JSON. */
public final class Requests {
  private Requests() {}

  /** One line of JSON; its field {@code job} says which request it is. */
  public static String write(Request<?> request) {
    try {
      return EngineJson.compact().writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is always JSON", e);
    }
  }

  /**
   * What {@link #write} wrote, or somebody else.
   *
   * @param where names the text in messages
   * @throws InvalidInputException when it is no request, with the field
   */
  public static Request<?> read(String json, String where) {
    return read(json, where, Request.class);
  }

  /**
   * A request of a program that has jobs of its own besides the engine's.
   *
   * @param where names the text in messages
   * @throws InvalidInputException when it is none, with the field
   */
  public static <T> T read(String json, String where, Class<T> type) {
    try {
      return EngineJson.strict().readValue(json, type);
    } catch (ValueInstantiationException e) {
      if (e.getCause() instanceof InvalidInputException invalid) {
        throw invalid;
      }
      throw new InvalidInputException(where + path(e), reason(e));
    } catch (JsonMappingException e) {
      throw new InvalidInputException(where + path(e), reason(e));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          where + " line " + e.getLocation().getLineNr(), "is not JSON: " + e.getOriginalMessage());
    }
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    e.getPath()
        .forEach(
            p ->
                path.append(
                    p.getFieldName() == null ? "[" + p.getIndex() + "]" : "." + p.getFieldName()));
    return path.isEmpty() ? "" : " " + path.substring(path.charAt(0) == '.' ? 1 : 0);
  }

  private static String reason(JsonMappingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("is not a request");
    return message.startsWith("Cannot map `null`") ? "is missing; expected a value" : message;
  }
}
