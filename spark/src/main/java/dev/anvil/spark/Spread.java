package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.AnvilException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.workspace.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Has items done by executors, batch by batch. Each batch that is done is a file of the table
 * {@code kept} and, where something of it could not be done, one of {@code problems}; whatever is
 * killed loses no other batch.
 */
final class Spread {
  static final String KEPT = "kept";
  static final String PROBLEMS = "problems";

  private final JavaSparkContext spark;
  private final ClusterSettings settings;
  private final Packs packs;

  Spread(JavaSparkContext spark, ClusterSettings settings, Packs packs) {
    this.spark = requireNonNull(spark, "spark is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.packs = requireNonNull(packs, "packs is null");
  }

  /** Has items of the driver done, as below. */
  String run(String name, List<Item> items, Piece piece, RunContext context) {
    return run(
        name, spark.parallelize(items, settings.tasks(items.size())), items.size(), piece, context);
  }

  /**
   * Has items done.
   *
   * @param name of the phase
   * @param items one partition per task
   * @param count of all items
   * @return what the names of the files that were written begin with
   */
  String run(String name, JavaRDD<Item> items, long count, Piece piece, RunContext context) {
    try (Phase phase = context.start(name, count)) {
      return run(items, piece, phase);
    }
  }

  /** Has items of the driver done in a phase that has begun; one step per item. */
  String run(List<Item> items, Piece piece, Phase phase) {
    return run(spark.parallelize(items, settings.tasks(items.size())), piece, phase);
  }

  private String run(JavaRDD<Item> items, Piece piece, Phase phase) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    LongAccumulator done = spark.sc().longAccumulator(phase.name());
    done.add(phase.done());
    Broadcast<Task> task =
        spark.broadcast(
            new Task(
                piece,
                packs,
                new SerializableConfiguration(spark.hadoopConfiguration()),
                settings.table(KEPT),
                settings.table(PROBLEMS),
                run,
                settings.batch()));
    try {
      Waiting.on(items.foreachPartitionAsync(part -> task.value().work(part, done)), done, phase);
      return run;
    } finally {
      task.destroy();
    }
  }

  /** A task's part of the work, as it is sent to executors. */
  private record Task(
      Piece piece,
      Packs packs,
      SerializableConfiguration hadoop,
      String kept,
      String problems,
      String run,
      int batch)
      implements java.io.Serializable {
    void work(Iterator<Item> part, LongAccumulator done) throws IOException {
      List<Item> items = new ArrayList<>(batch);
      while (part.hasNext()) {
        items.add(part.next());
        if (items.size() == batch || !part.hasNext()) {
          work(items);
          done.add(items.size());
          items.clear();
        }
      }
    }

    private void work(List<Item> items) throws IOException {
      String name =
          run
              + "-"
              + Sha256.of(items.stream().map(Item::key).collect(Collectors.joining(" ")))
                  .substring(0, 32);
      if (KeptTable.contains(hadoop.value(), kept, name)) {
        return; // an attempt that was lost afterwards had done it
      }
      int threads = Optional.ofNullable(TaskContext.get()).map(TaskContext::cpus).orElse(1);
      Path scratch = Files.createTempDirectory("anvil-batch");
      try {
        CollectingStores stores =
            new CollectingStores(scratch, items.stream().flatMap(i -> i.known().stream()).toList());
        List<ItemProblem> found =
            piece.work(
                items,
                new ExecutorParts(
                    ExecutorNetworks.of(packs, threads),
                    stores,
                    hadoop.value(),
                    scratch,
                    RunContext.NONE.withThreads(threads)));
        if (!found.isEmpty()) {
          KeptTable.writeProblems(hadoop.value(), problems, name, found);
        }
        KeptTable.write(hadoop.value(), kept, name, stores.collected());
      } catch (AnvilException e) {
        throw new Waiting.Refusal(e);
      } finally {
        FileTree.delete(scratch);
      }
    }
  }
}
