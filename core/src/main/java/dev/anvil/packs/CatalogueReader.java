package dev.anvil.packs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.packs.CatalogueEntry.RemoteFile;
import dev.anvil.text.Documents;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a catalogue, gathering everything that is wrong with it. */
final class CatalogueReader {
  private static final String FORMAT = "catalogue/1";
  private static final Pattern REPOSITORY =
      Pattern.compile("[\\w.-]+/[\\w.-]+|https?://[\\w.:-]+(/[\\w.%~+-]+)*");
  private static final Pattern REVISION = Pattern.compile("(?!.*\\.\\.)[\\w.-]+(/[\\w.-]+)*");
  private static final Set<String> ENTRY =
      Set.of(
          "name",
          "kind",
          "about",
          "repository",
          "revision",
          "licence",
          "restriction",
          "size",
          "unverified",
          "export",
          "files",
          "include");
  private static final Set<String> FILE =
      Set.of("path", "as", "repository", "role", "bytes", "hash", "optional");

  private final Fields fields;

  private CatalogueReader(String source) {
    fields = new Fields(source);
  }

  static Catalogue read(String yaml, String source) {
    CatalogueReader reader = new CatalogueReader(source);
    Catalogue catalogue = reader.catalogue(Documents.yaml(source, yaml));
    reader.fields.refuse();
    return catalogue;
  }

  private Catalogue catalogue(JsonNode root) {
    fields.known(root, "", Set.of("anvil", "packs"));
    String format = fields.text(root, "", "anvil");
    if (!format.isEmpty() && !format.equals(FORMAT)) {
      fields.problem("anvil", "found \"%s\"; expected \"%s\"".formatted(format, FORMAT));
    }
    Catalogue catalogue = new Catalogue(fields.list(root, "", "packs", this::entry));
    Set<String> names = new HashSet<>();
    for (CatalogueEntry entry : catalogue.entries()) {
      if (!names.add(entry.name())) {
        fields.problem("packs", "found \"%s\" twice; expected it once".formatted(entry.name()));
      }
    }
    return catalogue;
  }

  private CatalogueEntry entry(JsonNode node, String path) {
    fields.known(node, path, ENTRY);
    Optional<String> export = fields.optionalText(node, path, "export");
    Optional<String> repository = repository(node, path);
    if (export.isEmpty() && repository.isEmpty()) {
      fields.problem(path, "found neither repository nor export; expected one of them");
    }
    return new CatalogueEntry(
        fields.matching(node, path, "name", Fields.NAME, Fields.NAME_IN_WORDS),
        fields.kind(node, path),
        fields.text(node, path, "about"),
        repository,
        node.has("revision")
            ? fields.matching(node, path, "revision", REVISION, "a branch, tag or commit")
            : "main",
        fields.text(node, path, "licence"),
        fields.optionalText(node, path, "restriction"),
        fields.optionalText(node, path, "size"),
        fields.optionalText(node, path, "unverified"),
        export,
        node.has("files") ? fields.list(node, path, "files", this::file) : List.of(),
        node.has("include")
            ? fields.list(node, path, "include", (glob, at) -> glob.asText())
            : List.of());
  }

  /** A file as an object, or only its path. */
  private RemoteFile file(JsonNode node, String at) {
    JsonNode file =
        node.isTextual()
            ? JsonNodeFactory.instance.objectNode().put("path", node.textValue())
            : node;
    fields.known(file, at, FILE);
    String path = fields.inside(fields.text(file, at, "path"), at + ".path");
    return new RemoteFile(
        path,
        file.has("as") ? fields.inside(fields.text(file, at, "as"), at + ".as") : path,
        repository(file, at),
        fields.optionalText(file, at, "role"),
        file.has("bytes") ? OptionalLong.of(fields.whole(file, at, "bytes")) : OptionalLong.empty(),
        file.has("hash") ? hash(file, at) : Optional.empty(),
        fields.flag(file, at, "optional"));
  }

  private Optional<String> repository(JsonNode node, String path) {
    return node.has("repository")
        ? Optional.of(
            fields.matching(
                node, path, "repository", REPOSITORY, "owner/name, or the address of a folder"))
        : Optional.empty();
  }

  private Optional<Digest> hash(JsonNode node, String path) {
    String text = fields.text(node, path, "hash");
    Optional<Digest> hash = Digest.parse(text);
    if (hash.isEmpty() && !text.isEmpty()) {
      fields.problem(
          path + ".hash", "found \"%s\"; expected sha256:... or md5:...".formatted(text));
    }
    return hash;
  }
}
