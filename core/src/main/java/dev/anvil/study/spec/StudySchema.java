package dev.anvil.study.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The vocabulary of study files: a JSON Schema (draft 2020-12), which {@link StudyFile} checks
 * files with and code editors complete them with.
 */
public final class StudySchema {
  /** Name of the file. */
  public static final String FILE = "study.schema.json";

  private static final String TEXT = text();
  private static final JsonNode ROOT = parsed();

  private StudySchema() {}

  /**
   * What is wrong with a field.
   *
   * @param field path of names with dots between them
   * @param message what was found and what was expected
   */
  record Mistake(String field, String message) {}

  /** Loaded when a study is read first. */
  private static final class Loaded {
    private static final Schema SCHEMA =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(ROOT);
  }

  /** The schema as JSON. */
  public static String json() {
    return TEXT;
  }

  /** Every field that is not as the schema has it, once. */
  static List<Mistake> mistakes(JsonNode study) {
    Map<String, Mistake> mistakes = new LinkedHashMap<>();
    for (Error error : Loaded.SCHEMA.validate(study)) {
      String field = field(error);
      mistakes.putIfAbsent(field, new Mistake(field, message(error)));
    }
    return List.copyOf(mistakes.values());
  }

  private static String field(Error error) {
    NodePath at = error.getInstanceLocation();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < at.getNameCount(); i++) {
      names.add(String.valueOf(at.getElement(i)));
    }
    if (error.getProperty() != null) {
      names.add(error.getProperty());
    }
    return String.join(".", names);
  }

  private static String message(Error error) {
    JsonNode schema = ROOT.at(parent(error));
    return switch (error.getKeyword()) {
      case "required" ->
          "is missing; expected " + expected(schema.path("properties").path(error.getProperty()));
      case "additionalProperties" ->
          "is not known; expected one of " + names(schema.path("properties"));
      case "uniqueItems" -> "is %s; expected each only once".formatted(error.getInstanceNode());
      default -> {
        JsonNode found = error.getInstanceNode();
        yield "is %s; expected %s"
            .formatted(found.isTextual() ? found : "\"" + found + "\"", expected(schema));
      }
    };
  }

  /** Pointer to the schema that a failed keyword is part of. */
  private static String parent(Error error) {
    String fragment = error.getSchemaLocation().getFragment().toString();
    return fragment.substring(0, fragment.lastIndexOf('/'));
  }

  private static String expected(JsonNode schema) {
    if (schema.has("const")) {
      return schema.path("const").asText();
    }
    String type =
        schema.path("type").isArray()
            ? schema.at("/type/0").asText()
            : schema.path("type").asText();
    String ends =
        (schema.has("minimum") ? " from " + schema.path("minimum").asText() : "")
            + (schema.has("maximum") ? " to " + schema.path("maximum").asText() : "");
    return switch (type) {
      case "integer" -> "a whole number" + ends;
      case "number" -> "a number" + ends;
      case "object" ->
          schema.path("properties").isEmpty()
              ? "names with values"
              : "some of " + names(schema.path("properties"));
      case "array" -> "a list";
      default -> schema.path("type").isArray() ? "a text or a list of texts" : "text";
    };
  }

  private static Set<String> names(JsonNode properties) {
    Set<String> names = new TreeSet<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String text() {
    try (InputStream in = StudySchema.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + FILE, e);
    }
  }

  private static JsonNode parsed() {
    try {
      return new ObjectMapper().readTree(TEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " is no JSON", e);
    }
  }
}
