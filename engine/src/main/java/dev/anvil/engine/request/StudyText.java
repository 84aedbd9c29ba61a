package dev.anvil.engine.request;

import static dev.anvil.engine.request.Paths.absolute;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A study as it was written.
 *
 * @param text YAML
 * @param folder paths in the study are relative to it
 * @param name of the text in messages, such as its file's name
 */
public record StudyText(String text, Path folder, String name) {
  public StudyText {
    requireNonNull(text, "text is null");
    folder = absolute(requireNonNull(folder, "folder is null"));
    requireNonNull(name, "name is null");
  }

  /**
   * The text of a file.
   *
   * @throws InvalidInputException when there is none
   */
  public static StudyText read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file.toString(), "file does not exist; expected a study file");
    }
    try {
      return new StudyText(
          Files.readString(file), file.toAbsolutePath().getParent(), file.toString());
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(), "cannot be read (%s); expected a text file in UTF-8".formatted(e));
    }
  }

  /**
   * The study that it declares.
   *
   * @throws InvalidInputException with all its mistakes
   */
  public StudySpec spec() {
    return StudyFile.parse(text, name);
  }

  /** SHA-256 of the text. */
  @JsonIgnore
  public String hash() {
    return Sha256.of(text);
  }
}
