package dev.anvil.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.onnx.PackManifest.Layer;
import dev.anvil.onnx.PackManifest.PackFile;
import dev.anvil.onnx.PackManifest.Preprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads a {@code pack.json}, gathering everything that is wrong with it. */
final class ManifestReader {
  private static final String FORMAT = "pack/1";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final String source;
  private final List<Problem> problems = new ArrayList<>();

  private ManifestReader(String source) {
    this.source = source;
  }

  static PackManifest read(Path file) throws IOException {
    ManifestReader reader = new ManifestReader(file.toString());
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(reader.source, "found no such file; expected a manifest");
    }
    PackManifest manifest = reader.manifest(parse(file));
    if (!reader.problems.isEmpty()) {
      throw new InvalidInputException(reader.problems);
    }
    return manifest;
  }

  private static JsonNode parse(Path file) throws IOException {
    try {
      return new JsonMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          file.toString(),
          "found no JSON at line %d: %s; expected a manifest"
              .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()));
    }
  }

  private PackManifest manifest(JsonNode root) {
    String format = text(root, "", "anvil");
    if (!format.isEmpty() && !format.equals(FORMAT)) {
      problem("anvil", "found \"%s\"; expected \"%s\"".formatted(format, FORMAT));
    }
    String name = matching(root, "", "name", NAME, "lower-case letters, digits, . _ -");
    List<PackFile> files = list(root, "", "files", this::file);
    if (files.isEmpty() && root.path("files").isArray()) {
      problem("files", "found none; expected at least one");
    }
    return new PackManifest(
        name,
        kind(root),
        text(root, "", "version"),
        text(root, "", "licence"),
        text(root, "", "origin"),
        files,
        root.has("preprocess") ? Optional.of(preprocess(root.get("preprocess"))) : Optional.empty(),
        root.has("layers") ? list(root, "", "layers", this::layer) : List.of(),
        root.has("labels") ? list(root, "", "labels", this::label) : List.of());
  }

  private PackKind kind(JsonNode root) {
    if (!root.has("kind")) {
      return PackKind.ANVIL;
    }
    String kind = text(root, "", "kind");
    Optional<PackKind> known = PackKind.of(kind);
    if (known.isEmpty() && !kind.isEmpty()) {
      problem("kind", "found \"%s\"; expected one of %s".formatted(kind, PackKind.names()));
    }
    return known.orElse(PackKind.ANVIL);
  }

  private PackFile file(JsonNode node, String path) {
    String file = text(node, path, "file");
    if (!file.isEmpty() && !staysInside(file)) {
      problem(path + ".file", "found \"%s\"; expected a path inside the pack".formatted(file));
    }
    return new PackFile(
        file,
        text(node, path, "role"),
        whole(node, path, "bytes"),
        matching(node, path, "sha256", SHA256, "64 lower-case hexadecimal digits"),
        list(node, path, "inputs", this::tensor),
        list(node, path, "outputs", this::tensor));
  }

  /** Refuses absolute paths, steps upwards and another system's separators. */
  private static boolean staysInside(String file) {
    return !file.startsWith("/")
        && file.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ')
        && List.of(file.split("/", -1)).stream()
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  private TensorSpec tensor(JsonNode node, String path) {
    return new TensorSpec(
        text(node, path, "name"),
        text(node, path, "type"),
        list(node, path, "shape", this::dimension));
  }

  private long dimension(JsonNode node, String path) {
    if (node.isTextual()) {
      return TensorSpec.FREE;
    }
    if (!node.canConvertToLong() || !node.isIntegralNumber() || node.longValue() < 0) {
      problem(path, "found %s; expected a length or a name".formatted(node));
    }
    return node.longValue();
  }

  private Preprocess preprocess(JsonNode node) {
    String path = "preprocess";
    List<Long> size = list(node, path, "size", this::dimension);
    if (size.size() != 2 || size.stream().anyMatch(s -> s < 1 || s > 8192)) {
      problem(path + ".size", "found %s; expected width and height".formatted(node.path("size")));
      size = List.of(1L, 1L);
    }
    return new Preprocess(
        size.get(0).intValue(),
        size.get(1).intValue(),
        text(node, path, "resample"),
        text(node, path, "range"));
  }

  private Layer layer(JsonNode node, String path) {
    return new Layer(
        text(node, path, "name"),
        (int) Math.min(whole(node, path, "offset"), Integer.MAX_VALUE),
        (int) Math.min(whole(node, path, "channels"), Integer.MAX_VALUE));
  }

  private Optional<String> label(JsonNode node, String path) {
    if (!node.isNull() && !node.isTextual()) {
      problem(path, "found %s; expected a name or null".formatted(node));
    }
    return Optional.ofNullable(node.textValue());
  }

  private String matching(JsonNode node, String path, String field, Pattern form, String words) {
    String value = text(node, path, field);
    if (!value.isEmpty() && !form.matcher(value).matches()) {
      problem(join(path, field), "found \"%s\"; expected %s".formatted(value, words));
    }
    return value;
  }

  private String text(JsonNode node, String path, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      problem(join(path, field), "found %s; expected a text".formatted(show(value)));
      return "";
    }
    return value.textValue();
  }

  private long whole(JsonNode node, String path, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      problem(join(path, field), "found %s; expected a whole number".formatted(show(value)));
      return 0;
    }
    return value.longValue();
  }

  private <T> List<T> list(
      JsonNode node, String path, String field, BiFunction<JsonNode, String, T> item) {
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

  private void problem(String path, String message) {
    problems.add(new Problem(source + " " + path, message));
  }

  private static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private static String show(JsonNode value) {
    return value.isMissingNode()
        ? "nothing"
        : value.isContainerNode()
            ? "a JSON " + value.getNodeType().name().toLowerCase(Locale.ROOT)
            : value.getNodeType() == JsonNodeType.NULL ? "null" : value.toString();
  }
}
