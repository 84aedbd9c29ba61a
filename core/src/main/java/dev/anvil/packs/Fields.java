package dev.anvil.packs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads the fields of a JSON or YAML document and gathers everything that is wrong with them. */
final class Fields {
  /** Names of packs. */
  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  static final String NAME_IN_WORDS = "lower-case letters, digits, . _ -";

  private final String source;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param source names the document in messages
   */
  Fields(String source) {
    this.source = source;
  }

  /** Throws all problems, if there are any. */
  void refuse() {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  void problem(String path, String message) {
    problems.add(new Problem(source + " " + path, message));
  }

  String text(JsonNode node, String path, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      problem(join(path, field), "found %s; expected a text".formatted(show(value)));
      return "";
    }
    return value.textValue();
  }

  Optional<String> optionalText(JsonNode node, String path, String field) {
    return node.has(field) ? Optional.of(text(node, path, field)) : Optional.empty();
  }

  String matching(JsonNode node, String path, String field, Pattern form, String words) {
    String value = text(node, path, field);
    if (!value.isEmpty() && !form.matcher(value).matches()) {
      problem(join(path, field), "found \"%s\"; expected %s".formatted(value, words));
    }
    return value;
  }

  long whole(JsonNode node, String path, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      problem(join(path, field), "found %s; expected a whole number".formatted(show(value)));
      return 0;
    }
    return value.longValue();
  }

  boolean flag(JsonNode node, String path, String field) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      problem(join(path, field), "found %s; expected true or false".formatted(show(value)));
    }
    return value.asBoolean(false);
  }

  <T> List<T> list(JsonNode node, String path, String field, BiFunction<JsonNode, String, T> item) {
    JsonNode values = node.path(field);
    if (!values.isArray()) {
      problem(join(path, field), "found %s; expected a list".formatted(show(values)));
      return List.of();
    }
    List<T> out = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      out.add(item.apply(values.get(i), join(path, field) + "[" + i + "]"));
    }
    return out;
  }

  /** Reports fields that nothing reads, which are misspelt ones. */
  void known(JsonNode node, String path, Set<String> names) {
    node.properties()
        .forEach(
            field -> {
              if (!names.contains(field.getKey())) {
                problem(join(path, field.getKey()), "is not known; expected one of " + names);
              }
            });
  }

  /** A kind of packs by its name. */
  PackKind kind(JsonNode node, String path) {
    String kind = text(node, path, "kind");
    Optional<PackKind> known = PackKind.of(kind);
    if (known.isEmpty() && !kind.isEmpty()) {
      problem(
          join(path, "kind"), "found \"%s\"; expected one of %s".formatted(kind, PackKind.names()));
    }
    return known.orElse(PackKind.ANVIL);
  }

  /** A path that stays inside the pack's folder. */
  String inside(String file, String path) {
    if (!file.isEmpty() && !staysInside(file)) {
      problem(path, "found \"%s\"; expected a path inside the pack".formatted(file));
    }
    return file;
  }

  /** Refuses absolute paths, steps upwards and another system's separators. */
  static boolean staysInside(String file) {
    return !file.startsWith("/")
        && file.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ')
        && List.of(file.split("/", -1)).stream()
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  static String show(JsonNode value) {
    return value.isMissingNode()
        ? "nothing"
        : value.isContainerNode()
            ? "a JSON " + value.getNodeType().name().toLowerCase(Locale.ROOT)
            : value.getNodeType() == JsonNodeType.NULL ? "null" : value.toString();
  }
}
