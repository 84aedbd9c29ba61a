package dev.anvil.spark;

import dev.anvil.AnvilException;
import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.PhaseListener;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.engine.request.ElementsRequest;
import dev.anvil.engine.request.EmbedRequest;
import dev.anvil.engine.request.Request;
import dev.anvil.engine.request.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Does one request on a cluster; started by spark-submit.
 *
 * <p>The outcome is printed to standard output as one line of JSON, phases to standard error. Exit
 * codes: 0 done, 1 something failed, 2 the arguments were not understood, 3 an input cannot be used
 * or something is not there (every problem of it is printed).
 */
public final class SparkMain {
  private static final String USAGE =
      """
      anvil-spark REQUEST.json --workspace FOLDER --packs FOLDER[,FOLDER] --output FOLDER
        REQUEST.json        import, fit, study, embed or elements, as anvil takes it (docs/scale.md)
        --workspace         the driver's folder with campaigns, models and runs
        --packs             the driver's folders of model packs, sent to executors
        --output            where tables are written: any place that Hadoop knows
        --pictures TABLE    of embed and elements: Parquet or .csv with a column picture
        --executor-packs F  folder of every executor that has the same packs already
        --batch N           pictures or variants done together, 32 by default
        --tasks N           tasks to cut the work into, one per batch by default
        --every-png         of study: keeps the picture of every variant
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

  private static final String EVERY_PNG = "--every-png";

  private SparkMain() {}

  /** What was asked for on the command line. */
  private record Arguments(Path request, ClusterSettings settings, Optional<String> pictures) {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers in names, keys and messages are the same everywhere
    int code = run(args);
    if (code != 0) {
      System.exit(code); // else executors are let go of as spark-submit does it
    }
  }

  private static int run(String[] args) {
    Arguments asked;
    try {
      asked = arguments(args);
    } catch (InvalidInputException e) {
      print(e.problems());
      System.err.print(USAGE);
      return 2;
    }
    try (SparkSession spark = SparkSession.builder().appName("anvil").getOrCreate();
        SparkAnvil anvil = SparkAnvil.open(spark, asked.settings())) {
      RunContext context = RunContext.of(new Printing());
      Request<?> request =
          Requests.read(Files.readString(asked.request()), asked.request().toString());
      System.out.println(Json.write(outcome(anvil, request, asked, context)));
      return 0;
    } catch (AnvilException e) {
      print(e.problems().isEmpty() ? List.of(new Problem("anvil", e.getMessage())) : e.problems());
      return e.code() == AnvilException.Code.INTERNAL ? 1 : 3;
    } catch (IOException e) {
      print(List.of(new Problem(asked.request().toString(), "cannot be read: " + e.getMessage())));
      return 3;
    }
  }

  private static Object outcome(
      SparkAnvil anvil, Request<?> request, Arguments asked, RunContext context) {
    if (request instanceof EmbedRequest embed) {
      return anvil.embed(embed, asked.pictures(), context);
    }
    if (request instanceof ElementsRequest elements) {
      return anvil.elements(elements, asked.pictures(), context);
    }
    return anvil.run(request, context);
  }

  private static Arguments arguments(String[] args) {
    Map<String, String> options = new TreeMap<>();
    List<String> requests = new ArrayList<>();
    boolean everyPng = false;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(EVERY_PNG)) {
        everyPng = true;
      } else if (OPTIONS.contains(args[i])) {
        if (i + 1 == args.length || options.containsKey(args[i])) {
          throw new InvalidInputException(args[i], "expected one value");
        }
        options.put(args[i], args[++i]);
      } else if (args[i].startsWith("--")) {
        throw new InvalidInputException(args[i], "is unknown; expected one of " + OPTIONS);
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
            everyPng),
        Optional.ofNullable(options.get("--pictures")));
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

  private static void print(List<Problem> problems) {
    problems.forEach(problem -> System.err.println("anvil-spark: " + problem));
  }

  /** Says when a phase begins, and how many steps it has. */
  private static final class Printing implements PhaseListener {
    @Override
    public void started(Phase phase) {
      System.err.printf(
          "anvil-spark: %s%s%n",
          String.join(" > ", phase.path()),
          phase.total().isPresent() ? " (%d)".formatted(phase.total().getAsLong()) : "");
    }

    @Override
    public void advanced(Phase phase, long count) {}

    @Override
    public void ended(Phase phase) {}
  }
}
