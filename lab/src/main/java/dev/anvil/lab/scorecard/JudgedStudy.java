package dev.anvil.lab.scorecard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.anvil.InvalidInputException;
import dev.anvil.engine.request.StudyText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A study that a scorecard judges, as its file has it or against other references.
 *
 * @param study file, relative to the scorecard's
 * @param references by factor, what its levels are compared with in place of what the file says;
 *     factors that are not named, and placebos, are then left out; empty for the study as it is
 */
public record JudgedStudy(String study, Map<String, String> references) {
  private static final YAMLMapper YAML = new YAMLMapper();

  public JudgedStudy {
    requireNonNull(study, "study is null");
    references = references == null ? Map.of() : new TreeMap<>(references);
  }

  /** A study as its file has it. */
  @JsonCreator
  public JudgedStudy(String study) {
    this(study, Map.of());
  }

  /**
   * The study's text.
   *
   * @param folder of the scorecard
   * @throws InvalidInputException when there is no such study, or none of its factors is so called
   */
  StudyText read(Path folder) {
    StudyText text = StudyText.read(folder.resolve(study));
    if (references.isEmpty()) {
      return text;
    }
    Set<String> known = factors(text);
    if (!known.containsAll(references.keySet())) {
      throw new InvalidInputException(
          text.name(),
          "references are of %s; expected some of the factors %s"
              .formatted(references.keySet(), known));
    }
    try {
      ObjectNode tree = (ObjectNode) YAML.readTree(text.text());
      ObjectNode factors = (ObjectNode) tree.get("factors");
      factors.retain(references.keySet());
      references.forEach((factor, to) -> ((ObjectNode) factors.get(factor)).put("reference", to));
      tree.remove("placebos");
      return new StudyText(YAML.writeValueAsString(tree), text.folder(), text.name());
    } catch (IOException e) {
      throw new InvalidInputException(text.name(), "is not YAML (%s)".formatted(e.getMessage()));
    }
  }

  private static Set<String> factors(StudyText text) {
    Set<String> names = new TreeSet<>();
    text.spec().factors().forEach(factor -> names.add(factor.name()));
    return names;
  }
}
