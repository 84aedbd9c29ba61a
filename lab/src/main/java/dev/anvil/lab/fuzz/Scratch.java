package dev.anvil.lab.fuzz;

import dev.anvil.AnvilException;
import dev.anvil.AnvilException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
