package dev.anvil.cli;

import dev.anvil.RunContext;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.SegmenterChoice;
import dev.anvil.segment.Subject;
import dev.anvil.showroom.PostsFile;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.World;
import dev.anvil.showroom.WorldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the bundled campaign lies. */
final class Showroom {
  static final String NAME = "Showroom";

  private Showroom() {}

  static Path folder() {
    return Main.home().resolve("showroom");
  }

  static Path scenes() {
    return Main.home().resolve("showroom/campaign/scenes.csv");
  }

  static Path posts() {
    return Main.home().resolve("showroom/campaign/posts.csv");
  }

  static Path world() {
    return Main.home().resolve("showroom/worlds/default.yaml");
  }

  static Path exact() {
    return Main.home().resolve("showroom/exact.yaml");
  }

  static Path study() {
    return Main.home().resolve("showroom/study.yaml");
  }

  /** Figures that its study puts beside cars. */
  static List<Path> figures() throws IOException {
    try (Stream<Path> files = Files.list(Main.home().resolve("showroom/assets/people"))) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  static Path scorecard() {
    return Main.home().resolve("showroom/scorecard.yaml");
  }

  /** Imports the campaign, unless that was done before. */
  static void importPosts(Anvil anvil, RunContext context) throws IOException {
    if (!Files.exists(posts())) {
      World world = new World(WorldSpec.read(world()));
      PostsFile.write(
          world.draw(Scene.read(scenes()).stream().filter(Scene::isBase).toList(), 0), posts());
    }
    anvil.run(ImportRequest.of(posts(), NAME), context);
  }

  /** Imports the campaign and fits its model, unless that was done before. */
  static FitOutcome fit(Anvil anvil, RunContext context) throws IOException {
    FitOutcome fit = fit(anvil, Optional.empty(), Optional.empty(), context);
    anvil.choose(fit.run());
    return fit;
  }

  /** The same on networks of these packs, where they are named; no model is chosen. */
  static FitOutcome fit(
      Anvil anvil, Optional<String> encoder, Optional<String> segmenter, RunContext context)
      throws IOException {
    importPosts(anvil, context);
    FitRequest request = FitRequest.of(NAME).withElement(Subject.of("car").labels());
    return anvil.run(
        request.withNetworks(
            encoder.map(EncoderChoice::parse).orElse(request.encoder()),
            segmenter.map(SegmenterChoice::parse).orElse(request.segmenter())),
        context);
  }
}
