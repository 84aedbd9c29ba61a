package dev.anvil.app;

import java.nio.file.Path;

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
}
