package dev.anvil.spark;

import dev.anvil.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was asked for on the command line.
 *
 * @param request file
 * @param pictures table of more pictures; empty for none
 * @param events whether progress and outcome are told as events, for a program to read
 */
record Arguments(
    Path request, ClusterSettings settings, Optional<String> pictures, boolean events) {
  static final String USAGE =
      """
      anvil-spark REQUEST.json --workspace FOLDER --packs FOLDER[,FOLDER] --output FOLDER
        REQUEST.json        import, fit, study, variants, scorecard, embed or elements, as anvil takes it (docs/scale.md)
        --workspace         the driver's folder with campaigns, models and runs
        --packs             the driver's folders of model packs, sent to executors
        --output            where tables are written: any place that Hadoop knows
        --pictures TABLE    of embed and elements: Parquet or .csv with a column picture
        --executor-packs F  folder of every executor that has the same packs already
        --batch N           pictures or variants done together, 32 by default
        --tasks N           tasks to cut the work into, one per batch by default
        --every-png         of study, variants: keeps the picture of every variant
        --events            tells progress and outcome as lines of JSON, for programs
      """;

  private static final List<String> OPTIONS =
      List.of(
          "--workspace",
          "--packs",
          "--output",
          "--pictures",
          "--executor-packs",
          "--batch",
          "--tasks");

  private static final List<String> SWITCHES = List.of("--every-png", "--events");

  /**
   * Reads a command line.
   *
   * @throws InvalidInputException when it is not understood
   */
  static Arguments parse(String[] args) {
    Map<String, String> options = new TreeMap<>();
    Set<String> switches = new TreeSet<>();
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (SWITCHES.contains(args[i])) {
        switches.add(args[i]);
      } else if (OPTIONS.contains(args[i])) {
        if (i + 1 == args.length || options.containsKey(args[i])) {
          throw new InvalidInputException(args[i], "expected one value");
        }
        options.put(args[i], args[++i]);
      } else if (args[i].startsWith("--")) {
        throw new InvalidInputException(
            args[i], "is unknown; expected one of %s, %s".formatted(OPTIONS, SWITCHES));
      } else {
        requests.add(args[i]);
      }
    }
    if (requests.size() != 1) {
      throw new InvalidInputException(
          "REQUEST.json", "found %s; expected one file".formatted(requests));
    }
    return new Arguments(
        Path.of(requests.get(0)),
        new ClusterSettings(
            Path.of(needed(options, "--workspace")).toAbsolutePath(),
            Arrays.stream(needed(options, "--packs").split(",", -1)).map(Path::of).toList(),
            Optional.ofNullable(options.get("--executor-packs")),
            needed(options, "--output"),
            number(options, "--batch").orElse(ClusterSettings.BATCH),
            number(options, "--tasks"),
            switches.contains("--every-png")),
        Optional.ofNullable(options.get("--pictures")),
        switches.contains("--events"));
  }

  private static String needed(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name))
        .orElseThrow(() -> new InvalidInputException(name, "is missing; expected a folder"));
  }

  private static Optional<Integer> number(Map<String, String> options, String name) {
    try {
      return Optional.ofNullable(options.get(name)).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          name, "found \"%s\"; expected a whole number".formatted(options.get(name)));
    }
  }
}
