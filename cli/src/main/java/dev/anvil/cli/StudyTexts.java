package dev.anvil.cli;

import dev.anvil.engine.request.StudyText;
import dev.anvil.study.spec.StudyFile;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Reads study files, and says which of their keys have new names. */
final class StudyTexts {
  private StudyTexts() {}

  /**
   * The text of a study file.
   *
   * @param err where deprecated keys are named
   */
  static StudyText read(Path file, PrintWriter err) {
    StudyText text = StudyText.read(file);
    StudyFile.deprecations(text.text(), text.name())
        .forEach(sentence -> err.println("anvil: " + sentence));
    err.flush();
    return text;
  }
}
