package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists a folder with a model, in whatever layout it came. */
final class SourceFolder {
  /** Configurations, vocabularies and texts; everything else is left where it is. */
  private static final Pattern DESCRIBES =
      Pattern.compile("(?i).*\\.(json|txt|md|model|gz|yaml)|(.*/)?(licen[cs]e|notice)[^/]*");

  private static final int DEEPEST = 4;
  private static final long LARGEST_TEXT = 64L << 20;

  private SourceFolder() {}

  /**
   * All files in order, relative and with forward slashes, without hidden ones.
   *
   * @throws InvalidInputException when a name is one that a manifest may not hold
   */
  static List<String> files(Path folder) throws IOException {
    Set<String> out = new TreeSet<>();
    try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> out.add(folder.relativize(file).toString().replace('\\', '/')));
    }
    out.removeIf(f -> f.startsWith(".") || f.contains("/."));
    List<Problem> problems = new ArrayList<>();
    for (String file : out) {
      if (!Fields.staysInside(file)) {
        problems.add(
            new Problem(
                folder.toString(),
                "found a file named \"%s\"; expected no colon or control character"
                    .formatted(file)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return List.copyOf(out);
  }

  /**
   * What a pack needs of a folder: one precision of each graph, the weights beside them, and what
   * describes them.
   */
  static Set<String> needed(Path folder, Optional<String> variant) throws IOException {
    List<String> files = files(folder);
    List<String> graphs = files.stream().filter(SourceFolder::isGraph).toList();
    if (graphs.isEmpty()) {
      throw new InvalidInputException(
          folder.toString(), "found no .onnx file; expected the networks of a pack");
    }
    Set<String> out = new TreeSet<>();
    for (String graph : Precision.choose(graphs, variant)) {
      out.add(graph);
      out.addAll(weights(folder, graph));
    }
    files.stream().filter(f -> describes(folder, f)).forEach(out::add);
    return out;
  }

  static boolean isGraph(String file) {
    return file.endsWith(".onnx");
  }

  /**
   * The files of a graph's weights, relative to the folder.
   *
   * @throws InvalidInputException when one is missing
   */
  static Set<String> weights(Path folder, String graph) throws IOException {
    String beside = graph.substring(0, graph.lastIndexOf('/') + 1);
    Set<String> out = new TreeSet<>();
    for (String location : GraphFile.weights(folder.resolve(graph))) {
      out.add(beside + location);
    }
    List<String> missing =
        out.stream().filter(w -> !Files.isRegularFile(folder.resolve(w))).toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          folder.resolve(graph).toString(),
          "found no %s; expected the weights beside the graph".formatted(missing));
    }
    return out;
  }

  private static boolean describes(Path folder, String file) {
    return DESCRIBES.matcher(file).matches()
        && !file.equals(ModelPack.MANIFEST)
        && folder.resolve(file).toFile().length() <= LARGEST_TEXT;
  }
}
