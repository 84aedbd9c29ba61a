package dev.anvil.lab.scorecard;

import static java.util.Objects.requireNonNull;

import dev.anvil.AnvilException;
import dev.anvil.InternalException;
import dev.anvil.Parallel;
import dev.anvil.RunContext;
import dev.anvil.lab.scorecard.ScorecardPlan.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The worlds of a scorecard and what was found in them; worlds whose file is there are done. */
public final class Scorecard {
  private final List<World> worlds;
  private final Path folder;

  /** Says what every method finds in one world. */
  @FunctionalInterface
  public interface Judge {
    List<Score> judge(World world, RunContext context);
  }

  /**
   * A scorecard.
   *
   * @param folder keeps one file per world
   */
  public Scorecard(List<World> worlds, Path folder) throws IOException {
    this.worlds = List.copyOf(worlds);
    this.folder = Files.createDirectories(requireNonNull(folder, "folder is null"));
  }

  private Path file(World world) {
    return folder.resolve(world.name() + ".csv");
  }

  /** Worlds that are not done, in order. */
  public List<World> pending() {
    return worlds.stream().filter(world -> !Files.exists(file(world))).toList();
  }

  /** Judges the worlds that are not done, several at a time. */
  public void judge(Judge judge, int threads, RunContext context) {
    Parallel.map(
        "worlds",
        pending(),
        threads,
        context,
        (world, step) -> {
          keep(world, scores(judge, world, step));
          return world;
        });
  }

  private static List<Score> scores(Judge judge, World world, RunContext context) {
    try {
      return judge.judge(world, context);
    } catch (AnvilException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InternalException(
          "the world of scenario \"%s\" with seed %d failed"
              .formatted(world.scenario().name(), world.seed()),
          e);
    }
  }

  /** Keeps what was found in a world. */
  public void keep(World world, List<Score> scores) {
    try {
      ScoreFile.write(scores, file(world));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was found, in the order of the worlds, all of which are done. */
  public List<Score> scores() throws IOException {
    List<Score> scores = new ArrayList<>();
    for (World world : worlds) {
      scores.addAll(ScoreFile.read(file(world)));
    }
    return scores;
  }
}
