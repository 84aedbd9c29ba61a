package dev.anvil.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A file, or a folder with all that is in it. */
public final class FileTree {
  private FileTree() {}

  /** All files; none where there is no such place. */
  static List<Path> files(Path place) {
    return walk(place).stream().filter(Files::isRegularFile).toList();
  }

  /** Bytes of all files; 0 where there is no such place. */
  static long bytes(Path place) {
    // length is 0 for a file that another process has just removed
    return files(place).stream().mapToLong(file -> file.toFile().length()).sum();
  }

  /** Copies all files; none where there is no such place. */
  static void copy(Path place, Path to) throws IOException {
    for (Path file : files(place)) {
      Path copy = to.resolve(place.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  /** Deletes a place, if it is there. */
  public static void delete(Path place) {
    try {
      for (Path path : walk(place)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is inside comes before what it is in. */
  private static List<Path> walk(Path place) {
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(place)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
