package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What jobs on a cluster work with.
 *
 * @param workspace folder of the driver with campaigns, models and runs
 * @param packs folders of the driver with model packs; of packs with one name the first folder's is
 *     used
 * @param executorPacks folder of every executor that has the same packs already; empty to send them
 * @param output folder for tables, on any file system that Hadoop knows
 * @param batch items that are done together: as many are lost at most when something is killed
 * @param tasks that the items are cut into; empty for one per batch
 * @param everyPng whether the pictures of all variants of a study are kept, as {@code
 *     variants/KEY.png}, not only those that reports show
 */
public record ClusterSettings(
    Path workspace,
    List<Path> packs,
    Optional<String> executorPacks,
    String output,
    int batch,
    Optional<Integer> tasks,
    boolean everyPng) {
  /** Items per batch where nothing is said. */
  public static final int BATCH = 32;

  public ClusterSettings {
    requireNonNull(workspace, "workspace is null");
    packs = List.copyOf(packs);
    requireNonNull(executorPacks, "executorPacks is null");
    requireNonNull(output, "output is null");
    requireNonNull(tasks, "tasks is null");
    if (batch < 1) {
      throw new InvalidInputException("batch", "found %d; expected at least 1".formatted(batch));
    }
    if (tasks.filter(t -> t < 1).isPresent()) {
      throw new InvalidInputException(
          "tasks", "found %d; expected at least 1".formatted(tasks.get()));
    }
  }

  /** Packs are sent, batches are of the usual size, each a task of its own. */
  public static ClusterSettings of(Path workspace, List<Path> packs, String output) {
    return new ClusterSettings(
        workspace, packs, Optional.empty(), output, BATCH, Optional.empty(), /* everyPng= */ false);
  }

  /** The same, cut otherwise. */
  public ClusterSettings with(int otherBatch, int otherTasks) {
    return new ClusterSettings(
        workspace, packs, executorPacks, output, otherBatch, Optional.of(otherTasks), everyPng);
  }

  /** The same with an item per batch, for items that take minutes each. */
  ClusterSettings oneByOne() {
    return new ClusterSettings(workspace, packs, executorPacks, output, 1, tasks, everyPng);
  }

  /** A table of the output. */
  String table(String name) {
    return output.endsWith("/") ? output + name : output + "/" + name;
  }

  /** Tasks for so many items. */
  int tasks(long items) {
    return tasks.orElseGet(
        () -> Math.toIntExact(Math.max(1, Math.min(1_000_000, (items + batch - 1) / batch))));
  }
}
