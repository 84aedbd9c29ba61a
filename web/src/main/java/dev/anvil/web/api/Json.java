package dev.anvil.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.InternalException;
import dev.anvil.InvalidInputException;
import dev.anvil.engine.request.EngineJson;
import dev.anvil.text.Documents;
import dev.anvil.web.guard.RefusedException;
import io.javalin.http.Context;
import java.io.IOException;

/** JSON in and out. */
public final class Json {
  private static final int MOST_BYTES = 1 << 20;

  private Json() {}

  /** Answers with a value. */
  public static void write(Context ctx, Object value) {
    ctx.contentType("application/json").result(text(value));
  }

  /** A value as JSON that people read. */
  public static String pretty(JsonNode value) {
    return value.toPrettyString();
  }

  /** A value as JSON in one line. */
  public static String text(Object value) {
    try {
      return EngineJson.compact().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new InternalException("an answer has no JSON", e);
    }
  }

  /**
   * The object that was sent.
   *
   * @throws RefusedException when it is larger than a mebibyte
   * @throws InvalidInputException when it is no object
   */
  static ObjectNode body(Context ctx) {
    try {
      byte[] bytes = ctx.bodyInputStream().readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new RefusedException(
            413, "The body is larger than %,d bytes; files are uploaded.".formatted(MOST_BYTES));
      }
      JsonNode node = Documents.json("body", bytes, "a JSON object");
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidInputException("body", "is no JSON object; expected one");
    } catch (IOException e) {
      throw new RefusedException(408, "The body did not arrive.");
    }
  }

  /**
   * The value that was sent.
   *
   * @throws InvalidInputException when a field is missing, unknown or of another type
   */
  static <T> T body(Context ctx, Class<T> type) {
    try {
      return EngineJson.strict().treeToValue(body(ctx), type);
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof InvalidInputException invalid) {
        throw invalid;
      }
      throw new InvalidInputException(
          "body", e.getOriginalMessage().lines().findFirst().orElse("is not as expected"));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("body", "is no JSON: " + e.getOriginalMessage());
    }
  }
}
