package dev.anvil.cli;

import dev.anvil.showroom.PostsFile;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.World;
import dev.anvil.showroom.WorldSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "world",
    description = {
      "Simulate likes for pictures whose content is known.",
      "The true effects are those of the world file; the result is a posts.csv for" + " import."
    })
final class WorldCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(
      arity = "0..1",
      paramLabel = "WORLD",
      description = "World file (default: the showroom's).")
  Optional<Path> world = Optional.empty();

  @Option(
      names = "--scenes",
      paramLabel = "CSV",
      description = "What the pictures show (default: the showroom's scenes.csv).")
  Optional<Path> scenes = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the dates and the noise.")
  long seed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "CSV",
      description = "File to write (default: posts.csv beside the scenes).")
  Optional<Path> output = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Path scenesFile = scenes.orElse(Main.showroom().scenes());
    List<Scene> feed = Scene.read(scenesFile).stream().filter(Scene::isBase).toList();
    World drawn = new World(WorldSpec.read(world.orElse(Main.showroom().world())));
    Path file = output.orElse(scenesFile.resolveSibling("posts.csv"));
    List<World.SimulatedPost> posts = drawn.draw(feed, seed);
    PostsFile.write(posts, file);
    common.print(
        Map.of("posts", posts.size(), "file", file.toString()),
        "Drew %d posts of world \"%s\" into %s".formatted(posts.size(), drawn.spec().name(), file));
    return 0;
  }
}
