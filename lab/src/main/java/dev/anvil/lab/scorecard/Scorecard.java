package dev.anvil.lab.scorecard;

import dev.anvil.AnvilException;
import dev.anvil.InternalException;
import dev.anvil.Parallel;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.showroom.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    List<Score> of(Scenario scenario, long seed, boolean slow, RunContext context);
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
  public List<Score> run(ScorecardSpec spec, int threads, RunContext context) throws IOException {
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
    Parallel.map(
        "worlds",
        tasks,
        threads,
        context,
        (task, step) -> {
          judge(task, step);
          return task;
        });
    List<Score> scores = new ArrayList<>();
    for (Task task : tasks) {
      scores.addAll(ScoreFile.read(task.file()));
    }
    return scores;
  }

  private void judge(Task task, RunContext context) {
    if (!Files.exists(task.file())) {
      try {
        ScoreFile.write(judge.of(task.scenario(), task.seed(), task.slow(), context), task.file());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (AnvilException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new InternalException(
            "the world of scenario \"%s\" with seed %d failed"
                .formatted(task.scenario().name(), task.seed()),
            e);
      }
    }
  }
}
