package dev.anvil.engine.request;

/** How requests and outcomes are JSON: dates as text, optional fields left out where they are empty. */
public final class EngineJson {
  private static final ObjectMapper COMPACT =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .setSerializationInclusion(JsonInclude.Include.NON_ABSENT);

  private static final ObjectMapper STRICT =
      COMPACT
          .copy()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  private EngineJson() {}

  /** One line. */
  public static ObjectMapper compact() {
    return COMPACT;
  }

  /** Refuses unknown and repeated fields, and numbers that are not what they should be. */
  static ObjectMapper strict() {
    return STRICT;
  }
}
