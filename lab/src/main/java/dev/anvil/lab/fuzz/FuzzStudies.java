package dev.anvil.lab.fuzz;

import dev.anvil.AnvilException;
import dev.anvil.AnvilException.Code;
import dev.anvil.study.spec.StudyFile;
import java.nio.charset.StandardCharsets;

/** YAML of studies. */
public final class FuzzStudies {
  private FuzzStudies() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      StudyFile.parse(new String(input, StandardCharsets.UTF_8), "study.yaml");
    } catch (AnvilException e) {
      if (e.code() == Code.INTERNAL) {
        throw e;
      }
    }
  }
}
