package dev.anvil.lab.scorecard;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.showroom.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the worlds of a scorecard, several at a time; worlds whose file is there are done. */
public final class Scorecard {
  private final Judge judge;
  private final Path folder;

  /** Says what every method finds in one world. */
  @FunctionalInterface
  public interface Judge {
    /**
     * Scores of the world of a scenario that is drawn from a seed.
     *
     * @param slow whether slow methods take part
     */
    List<Score> of(Scenario scenario, long seed, boolean slow);
  }

  /**
   * A scorecard.
   *
   * @param folder keeps one file per world
   */
  public Scorecard(Judge judge, Path folder) {
    this.judge = judge;
    this.folder = folder;
  }

  private record Task(Scenario scenario, long seed, boolean slow, Path file) {}

  /** Scores of all worlds, in the order of the scenarios. */
  public List<Score> run(ScorecardSpec spec, int threads, RunContext context)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<Task> tasks = new ArrayList<>();
    for (int k = 0; k < spec.worlds(); k++) {
      for (Scenario scenario : spec.scenarios()) {
        tasks.add(
            new Task(
                scenario,
                Seeds.derive(spec.seed(), scenario.name(), k),
                k < spec.slowWorlds(),
                folder.resolve(
                    scenario.name().replaceAll("[^A-Za-z0-9]+", "-") + "-" + k + ".csv")));
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Phase shown = context.start("worlds", tasks.size())) {
      List<Future<?>> running = new ArrayList<>();
      for (Task task : tasks) {
        running.add(
            pool.submit(
                () -> {
                  judge(task);
                  shown.step(1);
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a world failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
    List<Score> scores = new ArrayList<>();
    for (Task task : tasks) {
      scores.addAll(ScoreFile.read(task.file()));
    }
    return scores;
  }

  private void judge(Task task) {
    if (!Files.exists(task.file())) {
      try {
        ScoreFile.write(judge.of(task.scenario(), task.seed(), task.slow()), task.file());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
