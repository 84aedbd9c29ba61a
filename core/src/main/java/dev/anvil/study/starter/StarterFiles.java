package dev.anvil.study.starter;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.study.spec.StudySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a starter study and what belongs to it lie: all in one folder.
 *
 * @param study the YAML file
 */
public record StarterFiles(Path study) {
  public StarterFiles {
    study = study.toAbsolutePath().normalize();
  }

  /** Which post shows which setting. */
  Path labels() {
    return study.resolveSibling("labels.csv");
  }

  /** Folder of plates. */
  Path plates() {
    return study.resolveSibling(stem() + "-plates");
  }

  /** Folder of figures. */
  Path figures() {
    return study.resolveSibling(stem() + "-figures");
  }

  private String stem() {
    String name = study.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * Refuses to write over anything.
   *
   * @throws InvalidInputException with all that is there already
   */
  public void checkFree() {
    List<Problem> problems = new ArrayList<>();
    for (Path file : List.of(study, labels(), plates(), figures())) {
      if (Files.exists(file)) {
        problems.add(
            new Problem(
                file.toString(),
                "exists already; expected nothing there: name a study in another folder, or move it away"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Writes text, and the schema that it names. */
  void writeStudy(String yaml) {
    writeText(study.resolveSibling(StudySchema.FILE), StudySchema.json());
    writeText(study, yaml);
  }

  static void writeText(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }
}
