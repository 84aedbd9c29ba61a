package dev.anvil.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the parameters of one editor from a study file, or from the command line where every value
 * is a text, and gathers everything that is wrong.
 */
public final class Parameters {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final String editor;
  private final Map<String, Object> given;
  private final Path baseFolder;
  private final Set<String> known = new HashSet<>();
  private final List<Problem> problems;
  private final List<Problem> deprecated = new ArrayList<>();
  private final String prefix;

  /**
   * @param given by name, as read from YAML
   * @param baseFolder where relative paths begin
   */
  public Parameters(String editor, Map<String, Object> given, Path baseFolder) {
    this(editor, given, baseFolder, new ArrayList<>(), "");
  }

  private Parameters(
      String editor,
      Map<String, Object> given,
      Path baseFolder,
      List<Problem> problems,
      String prefix) {
    this.editor = editor;
    this.given = given;
    this.baseFolder = baseFolder;
    this.problems = problems;
    this.prefix = prefix;
  }

  /** Everything that was given, known or not. */
  public Map<String, Object> given() {
    return Collections.unmodifiableMap(given);
  }

  /** Where relative paths begin. */
  public Path baseFolder() {
    return baseFolder;
  }

  /** A colour as six hexadecimal digits, perhaps after a #. */
  public String colour(String key) {
    return text(key, "#?[0-9a-fA-F]{6}", "six hexadecimal digits such as \"#c01818\"");
  }

  /** A text that matches a pattern; an empty text, with a problem noted, when it does not. */
  public String text(String key, String pattern, String expected) {
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

  /** As {@link #text(String, String, String)}; {@code standard} where nothing is given. */
  public String text(String key, String pattern, String expected, String standard) {
    return optionalText(key, pattern, expected).orElse(standard);
  }

  /** As {@link #text(String, String, String)}; empty where nothing is given. */
  public Optional<String> optionalText(String key, String pattern, String expected) {
    known.add(key);
    return given.containsKey(key) ? Optional.of(text(key, pattern, expected)) : Optional.empty();
  }

  /** A number above {@code above} and at most {@code most}. */
  public double number(String key, double standard, double above, double most) {
    known.add(key);
    Object value = given.getOrDefault(key, standard);
    double number = number(value);
    if (number > above && number <= most) {
      return number;
    }
    problem(
        key, "found %s; expected a number above %s and at most %s".formatted(value, above, most));
    return standard;
  }

  /** A number from 0 to 1, both included. */
  public double share(String key, double standard) {
    known.add(key);
    Object value = given.getOrDefault(key, standard);
    double number = number(value);
    if (number >= 0 && number <= 1) {
      return number;
    }
    problem(key, "found %s; expected a number from 0 to 1".formatted(value));
    return standard;
  }

  /** NaN for what is no number. */
  private static double number(Object value) {
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    try {
      return value instanceof String text ? Double.parseDouble(text) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** A whole number of {@code least} to {@code most}. */
  public int whole(String key, int standard, int least, int most) {
    known.add(key);
    Object value = given.getOrDefault(key, standard);
    double number = number(value);
    if (number == Math.rint(number) && number >= least && number <= most) {
      return (int) number;
    }
    problem(key, "found %s; expected a whole number from %d to %d".formatted(value, least, most));
    return standard;
  }

  /** True or false. */
  public boolean flag(String key, boolean standard) {
    known.add(key);
    Object value = given.getOrDefault(key, standard);
    if (value instanceof Boolean b) {
      return b;
    }
    if ("true".equals(value) || "false".equals(value)) {
      return value.equals("true");
    }
    problem(key, "found %s; expected true or false".formatted(value));
    return standard;
  }

  /** A file that exists; empty where nothing is given. */
  public Optional<Path> file(String key, String expected) {
    Optional<String> name = optionalText(key, ".+", expected);
    if (name.isEmpty() || name.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      Path path = baseFolder.resolve(name.get());
      if (Files.isRegularFile(path)) {
        return Optional.of(path);
      }
    } catch (InvalidPathException e) {
      problem(key, "found %s, which is no path (%s)".formatted(name.get(), e.getMessage()));
      return Optional.empty();
    }
    problem(key, "found no file %s; expected %s".formatted(name.get(), expected));
    return Optional.empty();
  }

  /**
   * Parameters inside a parameter: one group or a list of them; as a text, in YAML. Their problems
   * are gathered here; each group needs its own {@link #checkKnown}.
   */
  public List<Parameters> groups(String key, String expected) {
    known.add(key);
    Object value = given.getOrDefault(key, List.of());
    try {
      value = value instanceof String text ? YAML.readValue(text, Object.class) : value;
    } catch (JsonProcessingException e) {
      problem(key, "found %s; expected %s".formatted(value, expected));
      return List.of();
    }
    List<Parameters> groups = new ArrayList<>();
    for (Object entry : value instanceof Collection<?> many ? many : List.of(value)) {
      if (entry instanceof Map<?, ?> map) {
        Map<String, Object> group = new LinkedHashMap<>();
        map.forEach((k, v) -> group.put(String.valueOf(k), v));
        String inner = "%s%s[%s].".formatted(prefix, key, groups.size());
        groups.add(new Parameters(editor, group, baseFolder, problems, inner));
      } else {
        problem(key, "found %s; expected %s".formatted(entry, expected));
      }
    }
    return groups;
  }

  /** Texts: one or a list of them, none of them empty; at least one. */
  List<String> texts(String key, String expected) {
    known.add(key);
    Object value = given.getOrDefault(key, List.of());
    List<String> texts =
        (value instanceof Collection<?> many ? many : List.of(value))
            .stream().map(String::valueOf).filter(t -> !t.isBlank()).toList();
    if (texts.isEmpty()) {
      problem(key, "found nothing; expected " + expected);
    }
    return texts;
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

  /** Reads over a parameter that was one once, and notes why it is none any more if it is there. */
  public void deprecated(String key, String message) {
    known.add(key);
    if (given.containsKey(key)) {
      deprecated.add(
          new Problem("editor %s, parameter %s%s".formatted(editor, prefix, key), message));
    }
  }

  /** Parameters that are there and have no effect, with what is used in their place. */
  List<Problem> deprecations() {
    return List.copyOf(deprecated);
  }

  /** Notes something wrong with a parameter. */
  public void problem(String key, String message) {
    problems.add(new Problem("editor %s, parameter %s%s".formatted(editor, prefix, key), message));
  }

  /**
   * Refuses everything that was found wrong, unknown parameters included.
   *
   * @throws InvalidInputException with all problems
   */
  public void check() {
    checkKnown();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Notes the parameters that nobody asked for. */
  public void checkKnown() {
    for (String key : new TreeSet<>(given.keySet())) {
      if (!known.contains(key)) {
        problem(
            key,
            known.isEmpty()
                ? "is unknown; expected no parameters"
                : "is unknown; expected some of " + new TreeSet<>(known));
      }
    }
  }
}
