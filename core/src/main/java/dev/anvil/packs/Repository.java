package dev.anvil.packs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.packs.CatalogueEntry.RemoteFile;
import java.io.CharConversionException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Addresses of the files of an entry, on Hugging Face, a mirror of it, or any other server. */
final class Repository {
  private static final List<String> DEFAULT_FILES =
      List.of(
          "**.onnx",
          "**.onnx_data*",
          "**.onnx.data",
          "**weights.pb",
          "**.json",
          "**merges.txt",
          "LICENSE*",
          "README.md");

  private final CatalogueEntry entry;
  private final URI host;

  Repository(CatalogueEntry entry, URI host) {
    this.entry = entry;
    this.host = host;
  }

  /** Where a file is. */
  URI address(RemoteFile file) {
    String repository = file.repository().or(entry::repository).orElseThrow();
    return repository.contains("://")
        ? URI.create(repository + "/" + encoded(file.path()))
        : URI.create(
            "%s/%s/resolve/%s/%s"
                .formatted(host, repository, encodedPart(entry.revision()), encoded(file.path())));
  }

  /**
   * The files that the repository itself lists (the first thousand), one precision of each graph.
   *
   * @param scratch folder to download the list to
   */
  List<RemoteFile> list(Download download, Path scratch, RunContext context) throws IOException {
    String repository = entry.repository().orElseThrow();
    if (repository.contains("://")) {
      throw new InvalidInputException(
          entry.name(),
          "found no files in the catalogue; expected some, since only Hugging Face"
              + " lists what it has");
    }
    URI uri =
        URI.create(
            "%s/api/models/%s/tree/%s?recursive=true"
                .formatted(host, repository, encodedPart(entry.revision())));
    Path file = scratch.resolve(".list.json");
    download.fetch(uri, plain(".list.json"), file, bytes -> {}, context);
    List<RemoteFile> all = read(uri, Files.readAllBytes(file));
    Files.delete(file);
    List<String> graphs = all.stream().map(RemoteFile::path).filter(SourceFolder::isGraph).toList();
    List<String> dropped = new ArrayList<>(graphs);
    dropped.removeAll(Precision.choose(graphs, Optional.empty()));
    return all.stream()
        .filter(f -> dropped.stream().noneMatch(d -> f.path().startsWith(d)))
        .toList();
  }

  private List<RemoteFile> read(URI uri, byte[] json) throws IOException {
    List<RemoteFile> out = new ArrayList<>();
    try {
      for (JsonNode node : new JsonMapper().readTree(json)) {
        String path = node.path("path").asText();
        if (!node.path("type").asText().equals("file") || !included(path)) {
          continue;
        }
        if (!Fields.staysInside(path)) {
          throw new InvalidInputException(
              uri.toString(), "found \"%s\"; expected a path inside the pack".formatted(path));
        }
        JsonNode size = node.path("size");
        out.add(
            new RemoteFile(
                path,
                path,
                Optional.empty(),
                Optional.empty(),
                size.isIntegralNumber() ? OptionalLong.of(size.longValue()) : OptionalLong.empty(),
                Digest.ofTag(node.path("lfs").path("oid").asText()),
                false));
      }
    } catch (JsonProcessingException | CharConversionException e) {
      throw new InvalidInputException(uri.toString(), "found no JSON; expected a list of files");
    }
    return out;
  }

  private boolean included(String path) {
    List<String> globs = entry.include().isEmpty() ? DEFAULT_FILES : entry.include();
    return globs.stream()
        .anyMatch(g -> FileSystems.getDefault().getPathMatcher("glob:" + g).matches(Path.of(path)));
  }

  private static RemoteFile plain(String path) {
    return new RemoteFile(
        path,
        path,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        false);
  }

  private static String encoded(String path) {
    return Arrays.stream(path.split("/"))
        .map(Repository::encodedPart)
        .collect(Collectors.joining("/"));
  }

  private static String encodedPart(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
