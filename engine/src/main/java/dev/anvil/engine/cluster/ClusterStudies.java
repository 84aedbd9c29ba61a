package dev.anvil.engine.cluster;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.edit.EditorKind;
import dev.anvil.edit.Editors;
import dev.anvil.engine.request.Requests;
import dev.anvil.engine.request.StudyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs studies on a cluster. The driver is a process on this machine that works with the same
 * workspace, so that the outcome lies where it would lie without a cluster.
 */
public final class ClusterStudies {
  private final SparkCluster cluster;
  private final Path workspace;
  private final List<Path> packs;
  private final String tables;

  /**
   * Studies of a workspace.
   *
   * @param packs folders of model packs, as the engine has them
   * @param tables folder for tables that every executor can write to, on any file system that
   *     Hadoop knows
   */
  public ClusterStudies(SparkCluster cluster, Path workspace, List<Path> packs, String tables) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.workspace = workspace.toAbsolutePath();
    this.packs = List.copyOf(packs);
    this.tables = requireNonNull(tables, "tables is null");
  }

  /**
   * Runs a study and waits for it.
   *
   * @param context is told of the driver's phases; when it is cancelled the driver is stopped
   * @return the run that holds the outcome
   * @throws InvalidInputException when it cannot be run on a cluster, or what is needed is missing
   * @throws dev.anvil.AnvilException when the driver could not do it
   * @throws dev.anvil.CancelledException when it was stopped; the same request goes on from there
   */
  public long run(StudyRequest request, RunContext context) {
    refuseServers(request);
    cluster.check();
    try {
      Path file = Files.createTempFile("anvil-study", ".json");
      try {
        Files.writeString(file, Requests.write(request));
        Path log = Files.createDirectories(workspace.resolve("cluster")).resolve("driver.log");
        return new EventProcess(cluster.command(arguments(file)), log)
            .run(context)
            .path("run")
            .asLong();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "cluster", "the driver cannot be started: " + e.getMessage(), e);
    }
  }

  private List<String> arguments(Path request) {
    return List.of(
        request.toString(),
        "--workspace",
        workspace.toString(),
        "--packs",
        packs.stream()
            .map(Path::toAbsolutePath)
            .map(Path::toString)
            .collect(Collectors.joining(",")),
        "--output",
        tables,
        "--events");
  }

  /** Nothing leaves an executor, and what the user lets leave is said on this machine alone. */
  private static void refuseServers(StudyRequest request) {
    List<Problem> problems =
        request.what().study().spec().factors().stream()
            .filter(f -> Editors.kind(f.editor()).filter(EditorKind::isRemote).isPresent())
            .map(
                f ->
                    new Problem(
                        "%s, factor %s".formatted(request.what().study().name(), f.name()),
                        "found the editor %s, whose work a server does; expected an editor that works on executors: run this study without a cluster"
                            .formatted(f.editor())))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
