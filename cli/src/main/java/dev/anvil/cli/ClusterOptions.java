package dev.anvil.cli;

import dev.anvil.InternalException;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.cluster.ClusterStudies;
import dev.anvil.engine.cluster.SparkCluster;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.StudyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options by which a job is done on a cluster. */
final class ClusterOptions {
  @Option(
      names = "--on",
      paramLabel = "spark://HOST:PORT",
      description =
          "Make the pictures on this Spark cluster; needs SPARK_HOME and the job jar"
              + " (docs/scale.md).")
  Optional<String> master = Optional.empty();

  @Option(
      names = "--tables",
      paramLabel = "FOLDER",
      description =
          "With --on: where executors write their results, on any file system that"
              + " Hadoop knows (default: cluster/tables in the workspace).")
  Optional<String> tables = Optional.empty();

  @Option(
      names = "--job-jar",
      paramLabel = "FILE",
      description = "With --on: the job jar (default: the one in spark/target).")
  Optional<Path> jar = Optional.empty();

  boolean isOn() {
    return master.isPresent();
  }

  /** Runs a study on the cluster. */
  StudyOutcome run(Anvil anvil, StudyRequest request, Common common) throws IOException {
    Path workspace = anvil.settings().workspace().toAbsolutePath();
    SparkCluster cluster =
        new SparkCluster(
            master.orElseThrow(),
            Optional.ofNullable(System.getenv(SparkCluster.VARIABLE))
                .filter(home -> !home.isBlank())
                .map(Path::of),
            jar.isPresent() ? jar : built(),
            List.of());
    long run =
        new ClusterStudies(
                cluster,
                workspace,
                anvil.settings().packs(),
                tables.orElseGet(() -> "file://" + workspace.resolve("cluster/tables")))
            .run(request, common.context());
    if (anvil.outcome(run) instanceof StudyOutcome outcome) {
      return outcome;
    }
    throw new InternalException("run %d of the cluster is not a study".formatted(run));
  }

  private static Optional<Path> built() throws IOException {
    Path folder = Main.home().resolve("spark/target");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().endsWith("-job.jar")).findFirst();
    }
  }
}
