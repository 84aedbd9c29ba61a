package dev.anvil.campaign.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.campaign.table.RawTable.RawRow;
import dev.anvil.text.Documents;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads JSON objects, one per post: one per line, or in an array. */
final class JsonTable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private JsonTable() {}

  private record Line(long number, Map<String, String> values) {}

  static RawTable read(Path path) throws IOException {
    String file = path.getFileName().toString();
    List<Line> lines = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    try (JsonParser parser = JSON.createParser(path.toFile())) {
      boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
      if (isArray) {
        parser.nextToken();
      }
      for (;
          parser.hasCurrentToken() && parser.currentToken() != JsonToken.END_ARRAY;
          parser.nextToken()) {
        long number = parser.currentTokenLocation().getLineNr();
        JsonNode object = JSON.readTree(parser);
        if (!object.isObject()) {
          throw new InvalidInputException(
              file + " line " + number,
              "found %s; expected an object with one post".formatted(object));
        }
        Map<String, String> values = new LinkedHashMap<>();
        object
            .properties()
            .forEach(field -> values.put(field.getKey().strip(), text(field.getValue())));
        columns.addAll(values.keySet());
        lines.add(new Line(number, values));
      }
      if (isArray && parser.nextToken() != null) {
        throw new InvalidInputException(
            "%s line %d".formatted(file, parser.currentTokenLocation().getLineNr()),
            "goes on after the end of the array; expected one array, or one object per line");
      }
    } catch (JsonProcessingException e) {
      throw Documents.refused(file, e);
    } catch (CharConversionException e) {
      throw new InvalidInputException(
          file,
          "has characters that are not Unicode (%s); expected UTF-8".formatted(e.getMessage()));
    }
    if (lines.isEmpty()) {
      throw new InvalidInputException(file, "is empty; expected one object per post");
    }
    List<RawRow> rows =
        lines.stream()
            .map(
                line ->
                    new RawRow(
                        line.number(),
                        columns.stream()
                            .map(column -> line.values().getOrDefault(column, ""))
                            .toList()))
            .toList();
    return RawTable.of(file, "line", List.copyOf(columns), rows);
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    if (value.isNumber()) {
      return RawTable.number(value.asText());
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
