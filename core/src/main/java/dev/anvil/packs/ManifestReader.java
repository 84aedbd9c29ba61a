package dev.anvil.packs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.PackManifest.Layer;
import dev.anvil.packs.PackManifest.PackFile;
import dev.anvil.packs.PackManifest.Preprocess;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a {@code pack.json}, gathering everything that is wrong with it. */
final class ManifestReader {
  static final String FORMAT = "pack/1";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Fields fields;

  private ManifestReader(String source) {
    this.fields = new Fields(source);
  }

  static PackManifest read(Path file) throws IOException {
    ManifestReader reader = new ManifestReader(file.toString());
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file.toString(), "found no such file; expected a manifest");
    }
    PackManifest manifest = reader.manifest(Documents.json(file, "a manifest"));
    reader.fields.refuse();
    return manifest;
  }

  private PackManifest manifest(JsonNode root) {
    String format = fields.text(root, "", "anvil");
    if (!format.isEmpty() && !format.equals(FORMAT)) {
      fields.problem("anvil", "found \"%s\"; expected \"%s\"".formatted(format, FORMAT));
    }
    String name = fields.matching(root, "", "name", Fields.NAME, Fields.NAME_IN_WORDS);
    List<PackFile> files = fields.list(root, "", "files", this::file);
    if (files.isEmpty() && root.path("files").isArray()) {
      fields.problem("files", "found none; expected at least one");
    }
    return new PackManifest(
        name,
        root.has("kind") ? fields.kind(root, "") : PackKind.ANVIL,
        fields.text(root, "", "version"),
        fields.text(root, "", "licence"),
        fields.text(root, "", "origin"),
        root.has("limits") ? Optional.of(fields.text(root, "", "limits")) : Optional.empty(),
        files,
        root.has("preprocess") ? Optional.of(preprocess(root.get("preprocess"))) : Optional.empty(),
        root.has("layers") ? fields.list(root, "", "layers", this::layer) : List.of(),
        root.has("labels") ? fields.list(root, "", "labels", this::label) : List.of());
  }

  private PackFile file(JsonNode node, String path) {
    String file = fields.inside(fields.text(node, path, "file"), path + ".file");
    return new PackFile(
        file,
        fields.text(node, path, "role"),
        fields.whole(node, path, "bytes"),
        fields.matching(node, path, "sha256", SHA256, "64 lower-case hexadecimal digits"),
        fields.list(node, path, "inputs", this::tensor),
        fields.list(node, path, "outputs", this::tensor));
  }

  private TensorSpec tensor(JsonNode node, String path) {
    return new TensorSpec(
        fields.text(node, path, "name"),
        fields.text(node, path, "type"),
        fields.list(node, path, "shape", this::dimension));
  }

  private long dimension(JsonNode node, String path) {
    if (node.isTextual()) {
      return TensorSpec.FREE;
    }
    if (!node.canConvertToLong() || !node.isIntegralNumber() || node.longValue() < 0) {
      fields.problem(path, "found %s; expected a length or a name".formatted(node));
    }
    return node.longValue();
  }

  private Preprocess preprocess(JsonNode node) {
    String path = "preprocess";
    List<Long> size = fields.list(node, path, "size", this::dimension);
    if (size.size() != 2 || size.stream().anyMatch(s -> s < 1 || s > 8192)) {
      fields.problem(
          path + ".size", "found %s; expected width and height".formatted(node.path("size")));
      size = List.of(1L, 1L);
    }
    return new Preprocess(
        size.get(0).intValue(),
        size.get(1).intValue(),
        fields.text(node, path, "resample"),
        fields.text(node, path, "range"));
  }

  private Layer layer(JsonNode node, String path) {
    return new Layer(
        fields.text(node, path, "name"),
        (int) Math.min(fields.whole(node, path, "offset"), Integer.MAX_VALUE),
        (int) Math.min(fields.whole(node, path, "channels"), Integer.MAX_VALUE));
  }

  private Optional<String> label(JsonNode node, String path) {
    if (!node.isNull() && !node.isTextual()) {
      fields.problem(path, "found %s; expected a name or null".formatted(node));
    }
    return Optional.ofNullable(node.textValue());
  }
}
