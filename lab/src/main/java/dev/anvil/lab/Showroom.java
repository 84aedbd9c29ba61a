package dev.anvil.lab;

import static java.util.Objects.requireNonNull;

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

/**
 * A rendered campaign whose truth is known, in the layout of the bundled one.
 *
 * @param folder with {@code campaign}, {@code worlds}, {@code assets}, studies and scorecards
 */
public record Showroom(Path folder) {
  /** What its campaign is called in a workspace. */
  public static final String NAME = "Showroom";

  public Showroom {
    requireNonNull(folder, "folder is null");
  }

  /** The table of its scenes. */
  public Path scenes() {
    return folder.resolve("campaign/scenes.csv");
  }

  /** The table of its posts; drawn from its world when it is needed first. */
  public Path posts() {
    return folder.resolve("campaign/posts.csv");
  }

  /** The world that its posts' likes are drawn from. */
  public Path world() {
    return folder.resolve("worlds/default.yaml");
  }

  /** Its study with the product's editors. */
  public Path study() {
    return folder.resolve("study.yaml");
  }

  /** The same study with exact counterfactuals. */
  public Path exact() {
    return folder.resolve("exact.yaml");
  }

  public Path scorecard() {
    return folder.resolve("scorecard.yaml");
  }

  /** Figures that its study puts beside cars. */
  public List<Path> figures() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("assets/people"))) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  /** The scenes that are posted, without those made from them by changing one thing. */
  public List<Scene> baseScenes() throws IOException {
    return Scene.read(scenes()).stream().filter(Scene::isBase).toList();
  }

  /** What imports its campaign. */
  public ImportRequest importing() throws IOException {
    if (!Files.exists(posts())) {
      PostsFile.write(new World(WorldSpec.read(world())).draw(baseScenes(), 0), posts());
    }
    return ImportRequest.of(posts(), NAME);
  }

  /**
   * What fits its model.
   *
   * @param encoder pack or encoder; empty for the usual one
   * @param segmenter as {@code encoder}
   */
  public FitRequest fitting(Optional<String> encoder, Optional<String> segmenter) {
    FitRequest usual = FitRequest.of(NAME).withElement(Subject.of("car").labels());
    return usual.withNetworks(
        encoder.map(EncoderChoice::parse).orElse(usual.encoder()),
        segmenter.map(SegmenterChoice::parse).orElse(usual.segmenter()));
  }

  /** Imports the campaign, fits its model and uses it from now on. */
  public FitOutcome fit(Anvil anvil, RunContext context) throws IOException {
    anvil.run(importing(), context);
    FitOutcome fit = anvil.run(fitting(Optional.empty(), Optional.empty()), context);
    anvil.choose(fit.run());
    return fit;
  }
}
