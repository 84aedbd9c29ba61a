package dev.anvil.engine.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;

/** How requests and outcomes are JSON: dates as text, paths as text. */
public final class EngineJson {
  private static final ObjectMapper COMPACT =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .registerModule(new JavaTimeModule())
          .registerModule(paths())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private static final ObjectMapper STRICT =
      COMPACT
          .copy()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  private EngineJson() {}

  /** Paths as people write them, not as URLs. */
  private static SimpleModule paths() {
    return new SimpleModule()
        .addSerializer(Path.class, ToStringSerializer.instance)
        .addDeserializer(
            Path.class,
            new FromStringDeserializer<Path>(Path.class) {
              private static final long serialVersionUID = 1L;

              @Override
              protected Path _deserialize(String text, DeserializationContext context) {
                return Path.of(text);
              }
            });
  }

  /** One line. */
  public static ObjectMapper compact() {
    return COMPACT;
  }

  /** Refuses unknown and repeated fields, and numbers that are not what they should be. */
  public static ObjectMapper strict() {
    return STRICT;
  }
}
