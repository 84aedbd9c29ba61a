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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;

/** JSON in and out. */
public final class Json {
  private static final int MOST_BYTES = 1 << 20;
  private static final long MOST_NANOS = 10_000_000_000L;
  private static final int MOST_READERS = 16;
  private static final Semaphore READERS = new Semaphore(MOST_READERS);

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
   * @throws RefusedException when it is larger than a mebibyte, takes longer than ten seconds, or
   *     too many arrive at once
   * @throws InvalidInputException when it is no object
   */
  static ObjectNode body(Context ctx) {
    byte[] bytes = bytes(ctx);
    try {
      if (Documents.json("body", bytes, "a JSON object") instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidInputException("body", "is no JSON object; expected one");
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** Whoever sends slowly holds a thread: few may, and not for long. */
  private static byte[] bytes(Context ctx) {
    if (!READERS.tryAcquire()) {
      throw new RefusedException(
          503, "%d bodies arrive already; try again.".formatted(MOST_READERS));
    }
    long began = System.nanoTime();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 13];
    try (InputStream in = ctx.bodyInputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        body.write(buffer, 0, read);
        if (body.size() > MOST_BYTES) {
          throw new RefusedException(
              413, "The body is larger than %,d bytes; files are uploaded.".formatted(MOST_BYTES));
        }
        if (System.nanoTime() - began > MOST_NANOS) {
          throw new RefusedException(408, "The body arrives too slowly.");
        }
      }
      return body.toByteArray();
    } catch (IOException e) {
      throw new RefusedException(408, "The body did not arrive.");
    } finally {
      READERS.release();
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
