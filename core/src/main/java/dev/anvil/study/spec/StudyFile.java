package dev.anvil.study.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.edit.InsertCutout;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.study.spec.StudySpec.Generation;
import dev.anvil.study.spec.StudySpec.Sources;
import dev.anvil.study.spec.StudySpec.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a study's YAML file; every mistake in it is reported, with the path of its field. */
public final class StudyFile {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String LABELS = "labels";

  /** What {@link #LABELS} was called before. */
  private static final String MARKS = "marks";

  private final String where;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> fields = new HashSet<>();
  private final List<String> deprecations = new ArrayList<>();

  private StudyFile(String where) {
    this.where = where;
  }

  /**
   * Reads a study file.
   *
   * @throws InvalidInputException with all problems when the file is missing or has mistakes
   */
  public static StudySpec read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file.toString(), "file does not exist; expected a study file");
    }
    return parse(Files.readString(file), file.toString());
  }

  /**
   * Keys of a study that have new names, one sentence for each.
   *
   * @param where names the text in messages
   * @throws InvalidInputException as {@link #parse}
   */
  public static List<String> deprecations(String text, String where) {
    StudyFile read = new StudyFile(where);
    read.parsed(text);
    return List.copyOf(read.deprecations);
  }

  /**
   * Reads a study from text.
   *
   * @param where names the text in messages
   */
  public static StudySpec parse(String text, String where) {
    return new StudyFile(where).parsed(text);
  }

  private StudySpec parsed(String text) {
    try {
      JsonNode root = YAML.readTree(text);
      StudySpec spec = study(root);
      addMistakes(root);
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
      return spec;
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
      throw new InvalidInputException(where + line, e.getOriginalMessage());
    }
  }

  private StudySpec study(JsonNode root) {
    if (root == null || !root.isObject()) {
      throw new InvalidInputException(where, "is empty; expected a study, see docs/study.md");
    }
    List<Factor> factors = factors(root, "factors");
    if (factors.isEmpty()) {
      problem("factors", "has none; expected at least one factor");
    }
    factors.addAll(Interactions.of(root.path("interactions"), factors, this::problem));
    Interactions.check(factors, this::problem);
    return new StudySpec(
        text(root, "name", "study"),
        text(root, "metric", "likes"),
        root.path("seed").asLong(1),
        number(root, "smallest_effect", .05),
        Optional.of(text(root, "encoder", "")).filter(e -> !e.isEmpty()),
        Optional.of(text(root, "segmenter", "")).filter(s -> !s.isEmpty()),
        sources(root.path("sources")),
        factors,
        factors(root, "placebos"));
  }

  private Sources sources(JsonNode node) {
    Map<String, String> conditions = new LinkedHashMap<>();
    node.path("where").properties().forEach(e -> conditions.put(e.getKey(), e.getValue().asText()));
    int count = (int) number(node, "count", 40);
    return new Sources(
        texts(node, "element"),
        count,
        number(node, "min_coverage", .02),
        number(node, "max_coverage", .9),
        conditions,
        texts(node, "ids"),
        node.has("generate") ? Optional.of(generation(node.path("generate"))) : Optional.empty(),
        node.has("stop") ? Optional.of(stop(node.path("stop"), count)) : Optional.empty());
  }

  private Stop stop(JsonNode node, int count) {
    String path = "sources.stop.";
    if (!node.has("half_width")) {
      problem(path + "half_width", "is missing; expected a share of the metric, such as 0.03");
    }
    int first = atMost(count, node, "first", path, Math.min(10, count));
    return new Stop(
        number(node, "half_width", .05), first, atMost(count, node, "step", path, first));
  }

  private int atMost(int count, JsonNode node, String field, String path, int otherwise) {
    int value = (int) number(node, field, otherwise);
    if (value > count) {
      problem(
          path + field, "is %d; expected at most the count, which is %d".formatted(value, count));
    }
    return value;
  }

  private Generation generation(JsonNode node) {
    String path = "sources.generate.";
    Map<String, Object> parameters = parameters(node);
    parameters.keySet().removeAll(Set.of("metadata", "time"));
    Map<String, String> metadata = new LinkedHashMap<>();
    node.path("metadata")
        .properties()
        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
    if (!node.path("prompt").isTextual()) {
      problem(path + "prompt", "is missing; expected a text with {factor} in it");
    }
    return new Generation(parameters, metadata, time(node, path));
  }

  private Optional<LocalDateTime> time(JsonNode node, String path) {
    JsonNode value = node.path("time");
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          value.asText().contains("T")
              ? LocalDateTime.parse(value.asText())
              : LocalDate.parse(value.asText()).atStartOfDay());
    } catch (DateTimeParseException e) {
      problem(path + "time", "is \"%s\"; expected a date or time".formatted(value.asText()));
      return Optional.empty();
    }
  }

  private List<Factor> factors(JsonNode root, String field) {
    List<Factor> factors = new ArrayList<>();
    root.path(field)
        .properties()
        .forEach(e -> factors.add(factor(e.getKey(), e.getValue(), field)));
    return factors;
  }

  private Factor factor(String name, JsonNode node, String parent) {
    String path = parent + "." + name + ".";
    Map<String, Map<String, Object>> levels = levels(node);
    if (levels.isEmpty()) {
      problem(path + "levels", "has none; expected at least one level");
    }
    String reference = text(node, "reference", StudySpec.CONTROL);
    Set<String> references = new TreeSet<>(levels.keySet());
    references.add(StudySpec.CONTROL);
    references.add(StudySpec.AVERAGE);
    if (!references.contains(reference)) {
      problem(path + "reference", "is \"%s\"; expected one of %s".formatted(reference, references));
    }
    if (reference.equals(StudySpec.AVERAGE) && levels.size() < 2) {
      problem(
          path + "levels", "has one level; expected two or more to be compared with their average");
    }
    if (!node.path("editor").isTextual()) {
      problem(path + "editor", "is missing; expected the name of an editor");
    }
    boolean combined =
        Editors.kind(node.path("editor").asText())
            .filter(kind -> kind.scope() == EditorKind.Scope.FACTORS)
            .isPresent();
    List<String> element = combined ? List.of(StudySpec.PICTURE) : texts(node, "element");
    if (element.isEmpty()) {
      problem(
          path + "element", "is missing; expected a label such as person, background or picture");
    }
    return new Factor(
        name,
        text(node, "title", Character.toUpperCase(name.charAt(0)) + name.substring(1)),
        text(node, "phrase", "pictures with " + name + " {level}"),
        element,
        Optional.ofNullable(node.path("without").asText(null)),
        node.path("editor").asText(),
        reference,
        (int) number(node, "seeds", 1),
        levels,
        labels(node, levels, path));
  }

  private Map<String, LabelRule> labels(
      JsonNode node, Map<String, Map<String, Object>> levels, String path) {
    Map<String, LabelRule> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> level : node.path("levels").properties()) {
      JsonNode declared = level.getValue();
      String place = path + "levels." + level.getKey() + ".";
      if (declared.has(MARKS)) {
        deprecations.add(
            "%s %s%s: is now called %s; rename the key".formatted(where, place, MARKS, LABELS));
      }
      if (declared.has(MARKS) && declared.has(LABELS)) {
        problem(place + MARKS, "is the old name of %s; expected one of the two".formatted(LABELS));
      } else if (declared.has(MARKS) || declared.has(LABELS)) {
        String key = declared.has(LABELS) ? LABELS : MARKS;
        rule(declared.path(key), InsertCutout.figure(levels.get(level.getKey())), place + key)
            .ifPresent(rule -> labels.put(level.getKey(), rule));
      }
    }
    return labels;
  }

  /**
   * How a level is recognised.
   *
   * @param figure what stands at a place
   */
  private Optional<LabelRule> rule(JsonNode node, String figure, String path) {
    try {
      JsonNode column = node.path(LabelRule.WHERE);
      if (node.size() == 1 && column.size() == 1) {
        String name = column.fieldNames().next();
        return Optional.of(LabelRule.where(name, column.path(name).asText()));
      }
      if (node.size() == 1 && node.path(LabelRule.PLACE).isTextual()) {
        return Optional.of(LabelRule.place(figure, node.path(LabelRule.PLACE).asText()));
      }
      for (Map.Entry<String, Function<String, LabelRule>> kind : LabelRule.OF_TEXT.entrySet()) {
        if (node.size() == 1 && node.path(kind.getKey()).isTextual()) {
          return Optional.of(kind.getValue().apply(node.path(kind.getKey()).asText()));
        }
      }
      problem(
          path,
          "is %s; expected one of {where: {column: value}}, {element: label}, {without: label}, {colour: \"#b3161b\"}, {text: \"a red chair\"}, {place: A}"
              .formatted(node));
    } catch (InvalidInputException e) {
      e.problems().forEach(p -> problem(path, p.message()));
    }
    return Optional.empty();
  }

  /** Each level's parameters: the factor's {@code with}, {level} filled in, under its own. */
  private static Map<String, Map<String, Object>> levels(JsonNode node) {
    Map<String, Map<String, Object>> own = new LinkedHashMap<>();
    if (node.path("levels").isArray()) {
      node.path("levels").forEach(level -> own.put(level.asText(), Map.of()));
    } else {
      node.path("levels").properties().forEach(e -> own.put(e.getKey(), parameters(e.getValue())));
    }
    Map<String, Map<String, Object>> levels = new LinkedHashMap<>();
    own.forEach(
        (level, parameters) -> {
          Map<String, Object> merged = new LinkedHashMap<>();
          parameters(node.path("with")).forEach((name, v) -> merged.put(name, filled(v, level)));
          merged.putAll(parameters);
          merged.remove(LABELS);
          merged.remove(MARKS);
          levels.put(level, merged);
        });
    return levels;
  }

  private static Object filled(Object value, String level) {
    return value instanceof String text ? text.replace(StudySpec.LEVEL, level) : value;
  }

  private static Map<String, Object> parameters(JsonNode node) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    node.properties()
        .forEach(e -> parameters.put(e.getKey(), YAML.convertValue(e.getValue(), Object.class)));
    return parameters;
  }

  private static double number(JsonNode node, String field, double otherwise) {
    JsonNode value = node.path(field);
    return value.isNumber() ? value.asDouble() : otherwise;
  }

  private static String text(JsonNode node, String field, String otherwise) {
    JsonNode value = node.path(field);
    return value.isTextual() ? value.asText() : otherwise;
  }

  private static List<String> texts(JsonNode node, String field) {
    JsonNode value = node.path(field);
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(v -> texts.add(v.asText()));
    } else if (!value.isMissingNode()) {
      texts.add(value.asText());
    }
    return texts;
  }

  private void problem(String field, String message) {
    problems.add(new Problem(where, field + " " + message));
    fields.add(field);
  }

  /** What the schema finds beyond what was said of a field already. */
  private void addMistakes(JsonNode root) {
    for (StudySchema.Mistake mistake : StudySchema.mistakes(root)) {
      if (!fields.contains(mistake.field())) {
        problem(mistake.field(), mistake.message());
      }
    }
  }
}
