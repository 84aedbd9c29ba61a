package dev.anvil.edit;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.image.PictureFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the parameters of one editor from a study file and gathers everything that is wrong. */
final class Parameters {
  private final String editor;
  private final Map<String, Object> given;
  private final Path baseFolder;
  private final Set<String> known = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  Parameters(String editor, Map<String, Object> given, Path baseFolder) {
    this.editor = editor;
    this.given = given;
    this.baseFolder = baseFolder;
  }

  /** A text that matches a pattern; an empty text, with a problem noted, when it does not. */
  String text(String key, String pattern, String expected) {
    known.add(key);
    Object value = given.get(key);
    if (value == null) {
      problem(key, "found nothing; expected " + expected);
      return "";
    }
    if (!value.toString().matches(pattern)) {
      problem(key, "found \"%s\"; expected %s".formatted(value, expected));
      return "";
    }
    return value.toString();
  }

  String text(String key, String pattern, String expected, String standard) {
    known.add(key);
    return given.containsKey(key) ? text(key, pattern, expected) : standard;
  }

  /** A number above {@code above} and at most {@code most}. */
  double number(String key, double standard, double above, double most) {
    known.add(key);
    Object value = given.getOrDefault(key, standard);
    if (value instanceof Number n && n.doubleValue() > above && n.doubleValue() <= most) {
      return n.doubleValue();
    }
    problem(
        key, "found %s; expected a number above %s and at most %s".formatted(value, above, most));
    return standard;
  }

  boolean flag(String key, boolean standard) {
    known.add(key);
    Object value = given.getOrDefault(key, standard);
    if (value instanceof Boolean b) {
      return b;
    }
    problem(key, "found %s; expected true or false".formatted(value));
    return standard;
  }

  /**
   * Picture files, in the order of their names: a file, a folder, a pattern such as {@code
   * plates/forest-*.jpg}, or a list of these.
   */
  List<Path> pictures(String key, boolean required) {
    known.add(key);
    Object value = given.get(key);
    if (value == null) {
      if (required) {
        problem(key, "found nothing; expected picture files, a folder of them or a pattern");
      }
      return List.of();
    }
    Set<Path> files = new TreeSet<>();
    for (Object entry : value instanceof Collection<?> many ? many : List.of(value)) {
      try {
        List<Path> found = find(entry.toString());
        if (found.isEmpty()) {
          problem(
              key,
              "found no picture at %s; expected picture files, a folder of them or a pattern"
                  .formatted(baseFolder.resolve(entry.toString())));
        }
        files.addAll(found);
      } catch (InvalidPathException | IOException | DirectoryIteratorException e) {
        problem(key, "found %s, which cannot be read (%s); expected a path".formatted(entry, e));
      }
    }
    return List.copyOf(files);
  }

  private List<Path> find(String entry) throws IOException {
    int slash = Math.max(entry.lastIndexOf('/'), entry.lastIndexOf('\\'));
    String last = entry.substring(slash + 1);
    boolean pattern = last.contains("*") || last.contains("?");
    Path path = baseFolder.resolve(pattern ? entry.substring(0, slash + 1) : entry);
    if (!Files.isDirectory(path)) {
      return Files.isRegularFile(path) ? List.of(path) : List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, pattern ? last : "*")) {
      for (Path file : entries) {
        if (Files.isRegularFile(file) && isPicture(file)) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private static boolean isPicture(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return PictureFormat.of(in.readNBytes(16)).isPresent();
    }
  }

  private void problem(String key, String message) {
    problems.add(new Problem("editor %s, parameter %s".formatted(editor, key), message));
  }

  /** Refuses everything that was found wrong, unknown parameters included. */
  void check() {
    for (String key : new TreeSet<>(given.keySet())) {
      if (!known.contains(key)) {
        problem(
            key,
            known.isEmpty()
                ? "is unknown; expected no parameters"
                : "is unknown; expected some of " + new TreeSet<>(known));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
