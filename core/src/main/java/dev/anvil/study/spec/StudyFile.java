package dev.anvil.study.spec;

import static dev.anvil.study.spec.YamlValues.number;
import static dev.anvil.study.spec.YamlValues.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.InvalidInputException;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.text.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a study's YAML file; every mistake in it is reported, with the path of its field. */
public final class StudyFile {
  private final String where;
  private final StudyMistakes mistakes;

  private StudyFile(String where) {
    this.where = where;
    this.mistakes = new StudyMistakes(where);
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
    return read.mistakes.deprecations();
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
    JsonNode root = Documents.yaml(where, text);
    StudySpec spec = study(root);
    mistakes.addFromSchema(root);
    mistakes.throwIfAny();
    return spec;
  }

  private StudySpec study(JsonNode root) {
    if (!root.isObject()) {
      throw new InvalidInputException(where, "is empty; expected a study, see docs/study.md");
    }
    FactorReader reader = new FactorReader(mistakes);
    List<Factor> factors = reader.factors(root, "factors");
    if (factors.isEmpty()) {
      mistakes.add("factors", "has none; expected at least one factor");
    }
    factors.addAll(Interactions.of(root.path("interactions"), factors, mistakes::add));
    Interactions.check(factors, mistakes::add);
    return new StudySpec(
        text(root, "name", "study"),
        text(root, "metric", ""),
        root.path("seed").asLong(1),
        number(root, "smallest_effect", .05),
        Optional.of(text(root, "encoder", "")).filter(e -> !e.isEmpty()),
        Optional.of(text(root, "segmenter", "")).filter(s -> !s.isEmpty()),
        Optional.of(text(root, "label_file", "")).filter(f -> !f.isEmpty()),
        new SourcesReader(mistakes).sources(root.path("sources")),
        factors,
        reader.factors(root, "placebos"));
  }
}
