package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses among graphs that differ in precision only, {@code model_fp16.onnx}
 * (docs/model-contracts.md section 2.3).
 */
final class Precision {
  private static final Pattern SUFFIXED =
      Pattern.compile(
          "(.+)_(fp32|fp16|quantized|u?int8|q[0-9]+(?:f16)?|bnb4|O[1-4]|qu?int8\\w*)\\.onnx");
  private static final String FULL = "fp32";
  private static final List<String> DEFAULTS = List.of(FULL, "fp16");

  private record Graph(String file, String variant) {}

  private Precision() {}

  /**
   * One graph of each.
   *
   * @param files paths of all graphs
   * @param wish the variant to take; float32, else fp16, where empty
   * @throws InvalidInputException when one has not the variant that is to be taken
   */
  static List<String> choose(List<String> files, Optional<String> wish) {
    Map<String, List<Graph>> groups = new TreeMap<>();
    for (String file : files) {
      Matcher suffixed = SUFFIXED.matcher(file);
      boolean plain = !suffixed.matches();
      groups
          .computeIfAbsent(plain ? file : suffixed.group(1) + ".onnx", f -> new ArrayList<>())
          .add(new Graph(file, plain ? FULL : suffixed.group(2)));
    }
    List<Problem> problems = new ArrayList<>();
    List<String> chosen = new ArrayList<>();
    groups.forEach(
        (name, graphs) -> {
          List<String> wanted = wish.map(List::of).orElse(DEFAULTS);
          graphs.stream()
              .filter(g -> wanted.contains(g.variant) || onlyOne(graphs, wish))
              .min(Comparator.comparingInt(g -> wanted.indexOf(g.variant)))
              .ifPresentOrElse(
                  g -> chosen.add(g.file),
                  () ->
                      problems.add(
                          new Problem(
                              name,
                              "found %s; expected one of %s, choose with --variant"
                                  .formatted(
                                      graphs.stream().map(Graph::variant).sorted().toList(),
                                      wanted))));
        });
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return chosen;
  }

  /** A suffix that is no choice says nothing: {@code decoder_q8.onnx} alone is what there is. */
  private static boolean onlyOne(List<Graph> graphs, Optional<String> wish) {
    return graphs.size() == 1 && wish.isEmpty();
  }
}
