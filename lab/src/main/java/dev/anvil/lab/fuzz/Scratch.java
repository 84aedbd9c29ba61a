package dev.anvil.lab.fuzz;

import dev.anvil.AnvilException;
import dev.anvil.AnvilException.Code;
import dev.anvil.workspace.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the input as a file, deleted afterwards. */
final class Scratch {
  /** What reads the file. */
  interface Reading {
    void of(Path file) throws IOException;
  }

  private Scratch() {}

  /** Reads; that the input is refused is as good as that it is read. */
  static void read(String name, byte[] input, Reading reading) {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      try {
        reading.of(Files.write(folder.resolve(name), input));
      } catch (AnvilException e) {
        if (e.code() == Code.INTERNAL) {
          throw e;
        }
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
