package dev.anvil.cli;

import dev.anvil.campaign.CampaignSource;
import dev.anvil.segment.Subject;
import dev.anvil.showroom.PostsFile;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.World;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.store.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the bundled campaign lies. */
final class Showroom {
  private Showroom() {}

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

  static Path scorecard() {
    return Main.home().resolve("showroom/scorecard.yaml");
  }

  /** Imports the campaign and fits its model, unless that was done before. */
  static Run fit(Session session) throws IOException {
    if (!Files.exists(posts())) {
      World world = new World(WorldSpec.read(world()));
      PostsFile.write(
          world.draw(Scene.read(scenes()).stream().filter(Scene::isBase).toList(), 0), posts());
    }
    Importing.run(session, CampaignSource.of(posts()), Optional.of("Showroom"));
    return Fitting.run(
        session,
        new Fitting.Request(
            Optional.empty(),
            Optional.empty(),
            Subject.of("car").labels(),
            false,
            false,
            false,
            false,
            EncoderChoice.BUNDLED,
            1));
  }
}
