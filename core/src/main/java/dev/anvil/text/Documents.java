package dev.anvil.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.anvil.InvalidInputException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads JSON and YAML that people or other programs wrote, and takes nothing in silence: a key that
 * is there twice, a second document, an alias, nesting without end and a fraction where a whole
 * number belongs are refused, with the line where one is known.
 */
public final class Documents {
  /** Python writes NaN and infinity, as diffusers does into configurations of DPM-Solver. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Documents() {}

  /**
   * Reads a JSON file.
   *
   * @param expected what the file should be, in words
   * @throws InvalidInputException when it is no JSON
   */
  public static JsonNode json(Path file, String expected) throws IOException {
    return json(file.toString(), Files.readAllBytes(file), expected);
  }

  /**
   * Reads JSON; a missing node where there is nothing.
   *
   * @param where names it in messages
   * @param expected what it should be, in words
   * @throws InvalidInputException when it is no JSON
   */
  public static JsonNode json(String where, byte[] bytes, String expected) throws IOException {
    try {
      return present(JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      String line = line(e).isEmpty() ? "" : " at" + line(e);
      throw new InvalidInputException(
          where, "found no JSON%s (%s); expected %s".formatted(line, reason(e), expected));
    } catch (CharConversionException e) {
      throw new InvalidInputException(
          where,
          "found no JSON (its characters are not Unicode: %s); expected %s"
              .formatted(e.getMessage(), expected));
    }
  }

  /**
   * Reads YAML; a missing node where there is nothing.
   *
   * @param where names it in messages
   * @throws InvalidInputException when it is no YAML
   */
  public static JsonNode yaml(String where, String text) {
    YAMLMapper mapper = strict(YAMLMapper.builder()).build();
    try {
      refuseAliases(mapper, where, text);
      return present(mapper.readTree(text));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(where + line(e), reason(e));
    }
  }

  /**
   * Reads a YAML file as an object.
   *
   * @param mapper how; it is made strict here
   * @throws InvalidInputException when it is no YAML or no such object
   */
  public static <T> T yaml(Path file, YAMLMapper.Builder mapper, Class<T> type) throws IOException {
    YAMLMapper strict = strict(mapper).disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).build();
    String text = Files.readString(file);
    try {
      refuseAliases(strict, file.toString(), text);
      return strict.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + line(e), reason(e));
    }
  }

  /** Jackson takes an alias for its name. */
  private static void refuseAliases(YAMLMapper mapper, String where, String text)
      throws JsonProcessingException {
    try (YAMLParser parser = mapper.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new InvalidInputException(
              where + " line " + parser.currentTokenLocation().getLineNr(),
              "found the alias *%s; expected the value itself".formatted(parser.getText()));
        }
      }
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static YAMLMapper.Builder strict(YAMLMapper.Builder mapper) {
    return mapper
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Why what was read in pieces is no JSON. */
  public static InvalidInputException refused(String where, JsonProcessingException e) {
    return new InvalidInputException(where + line(e), "is not JSON (%s)".formatted(reason(e)));
  }

  private static JsonNode present(JsonNode root) {
    return root == null ? MissingNode.getInstance() : root;
  }

  private static String line(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? "" : " line " + location.getLineNr();
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "it is nested too deeply or too large: " + e.getOriginalMessage();
    }
    if (e instanceof MismatchedInputException
        && e.getOriginalMessage().startsWith("Trailing token")) {
      return "more follows after the end of the document; expected one document";
    }
    return e.getOriginalMessage();
  }
}
