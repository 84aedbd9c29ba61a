package dev.anvil.engine.service.study;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Inputs;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** What a study depends on besides its model: its text and all that the text names. */
final class StudyInputs {
  private static final Pattern PATTERN = Pattern.compile("[*?]|\\{post}");

  private final Map<String, String> packs;
  private final StudyText study;
  private final Inputs inputs;

  private StudyInputs(Map<String, String> packs, StudyText study, Inputs inputs) {
    this.packs = packs;
    this.study = study;
    this.inputs = inputs;
  }

  /**
   * Adds a study to inputs.
   *
   * @param view of the model that it runs on
   */
  static void add(Inputs inputs, Parts parts, StudyText study, ModelView view) {
    inputs.put("study", study.hash());
    inputs.put("model", view.fit().request().fingerprint());
    inputs.put("segmenter", view.segmenterChoice().text());
    inputs.put("segmenter-id", view.segmentations().id());
    new StudyInputs(parts.networks().packIds(), study, inputs)
        .named(Documents.yaml(study.name(), study.text()), "");
  }

  private void named(JsonNode node, String path) {
    if (node.isTextual()) {
      files(node.asText(), path);
      pack(node.asText(), path);
    }
    node.properties().forEach(e -> named(e.getValue(), path + "." + e.getKey()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      named(node.get(i), path + "[" + i + "]");
    }
  }

  private void pack(String text, String path) {
    if (packs.containsKey(text)) {
      inputs.put("pack" + path, packs.get(text));
    }
  }

  private void files(String text, String path) {
    List<Path> found = found(text);
    if (!found.isEmpty()) {
      inputs.put(
          "files" + path,
          Sha256.of(
              found.stream()
                  .map(file -> study.folder().relativize(file) + " " + hash(file))
                  .collect(Collectors.joining("\n"))));
    }
  }

  private static String hash(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new InvalidInputException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /** The files that a text names, by a path, a pattern, or a pattern with the post's id. */
  private List<Path> found(String text) {
    if (text.isBlank() || text.indexOf('\n') >= 0) {
      return List.of();
    }
    try {
      if (!PATTERN.matcher(text).find()) {
        Path file = study.folder().resolve(text).normalize();
        return Files.isRegularFile(file) ? List.of(file) : inFolder(file, "*");
      }
      String glob = text.replace("{post}", "*");
      int slash = glob.lastIndexOf('/');
      return inFolder(
          study.folder().resolve(slash < 0 ? "" : glob.substring(0, slash)).normalize(),
          glob.substring(slash + 1));
    } catch (InvalidPathException | PatternSyntaxException e) {
      return List.of(); // a sentence, not a path
    }
  }

  private List<Path> inFolder(Path folder, String glob) {
    if (!Files.isDirectory(folder) || folder.equals(study.folder())) {
      return List.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      List<Path> out = new ArrayList<>();
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          out.add(file);
        }
      }
      out.sort(Comparator.naturalOrder());
      return out;
    } catch (IOException e) {
      throw new InvalidInputException(folder.toString(), "cannot be listed: " + e.getMessage());
    }
  }
}
