package dev.anvil.engine.cluster;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone Spark cluster, and the program that jobs are submitted with.
 *
 * @param master address of the master, {@code spark://HOST:PORT}
 * @param installation folder of an installed Spark, as the variable {@code SPARK_HOME} names it;
 *     empty where there is none
 * @param jobJar the jar that {@code mvn -Pjob-jar} makes; empty where there is none
 * @param options more options of spark-submit
 */
public record SparkCluster(
    String master, Optional<Path> installation, Optional<Path> jobJar, List<String> options) {
  /** The variable that names the installation. */
  public static final String VARIABLE = "SPARK_HOME";

  private static final Pattern ADDRESS = Pattern.compile("spark://([^:/,]+):(\\d{1,5})");
  private static final Pattern CORE = Pattern.compile("spark-core_2\\.13-4\\.2\\..*\\.jar");
  private static final int PATIENCE_MILLISECONDS = 5000;

  public SparkCluster {
    requireNonNull(master, "master is null");
    requireNonNull(installation, "installation is null");
    requireNonNull(jobJar, "jobJar is null");
    options = List.copyOf(options);
  }

  /**
   * Checks that a job can be submitted.
   *
   * @throws InvalidInputException with all that is missing: the installation, the job jar, a
   *     cluster that answers
   */
  public void check() {
    List<Problem> problems = new ArrayList<>();
    installation()
        .ifPresentOrElse(
            home -> checkInstallation(home, problems),
            () ->
                problems.add(
                    new Problem(
                        VARIABLE, "is not set; expected the folder of an installed Spark 4.2")));
    if (jobJar.filter(Files::isRegularFile).isEmpty()) {
      problems.add(
          new Problem(
              "job jar",
              "found none%s; expected what mvn -Pjob-jar -DskipTests -pl spark -am package makes"
                  .formatted(jobJar.map(jar -> " at " + jar).orElse(""))));
    }
    checkMaster(problems);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static void checkInstallation(Path home, List<Problem> problems) {
    if (!Files.isExecutable(submit(home))) {
      problems.add(
          new Problem(
              VARIABLE,
              "found no program bin/spark-submit in %s; expected the folder of an installed Spark 4.2"
                  .formatted(home)));
      return;
    }
    try (Stream<Path> jars = Files.list(home.resolve("jars"))) {
      List<String> cores =
          jars.map(jar -> jar.getFileName().toString())
              .filter(name -> name.startsWith("spark-core_"))
              .toList();
      if (cores.stream().noneMatch(name -> CORE.matcher(name).matches())) {
        problems.add(
            new Problem(
                VARIABLE,
                "found %s in %s; expected Spark 4.2 for Scala 2.13"
                    .formatted(cores.isEmpty() ? "no Spark" : String.join(", ", cores), home)));
      }
    } catch (IOException e) {
      problems.add(
          new Problem(VARIABLE, "%s/jars cannot be listed: %s".formatted(home, e.getMessage())));
    }
  }

  private void checkMaster(List<Problem> problems) {
    Matcher address = ADDRESS.matcher(master);
    if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
      problems.add(
          new Problem("cluster", "found \"%s\"; expected spark://HOST:PORT".formatted(master)));
      return;
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))),
          PATIENCE_MILLISECONDS);
    } catch (IOException e) {
      problems.add(
          new Problem(
              "cluster",
              "%s does not answer (%s); expected the address of a running Spark master"
                  .formatted(master, e.getMessage())));
    }
  }

  /**
   * The command that submits a job.
   *
   * @param arguments of the job
   */
  List<String> command(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                submit(installation.orElseThrow()).toString(),
                "--master",
                master,
                "--class",
                "dev.anvil.spark.SparkMain"));
    command.addAll(options);
    command.add(jobJar.orElseThrow().toString());
    command.addAll(arguments);
    return command;
  }

  private static Path submit(Path home) {
    return home.resolve("bin/spark-submit");
  }
}
