package dev.anvil.lab.paper;

import dev.anvil.showroom.Scene;
import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the showroom's pictures show, in the words that its CLIP was trained with. */
final class Captions {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "forest", "in a forest",
          "desert", "in the desert",
          "urban", "in the city",
          "racetrack", "on a racetrack",
          "coast", "by the sea");

  private Captions() {}

  /**
   * Writes one caption per post.
   *
   * @param folder that gets captions.csv
   * @return the file
   */
  static Path write(Path scenes, Path folder) throws IOException {
    Path file = folder.resolve("captions.csv");
    TableWriter.csv(
        file,
        List.of("id", "caption"),
        Scene.read(scenes).stream().filter(Scene::isBase).map(s -> List.of(s.id(), of(s))));
    return file;
  }

  static String of(Scene scene) {
    return "a photo of a %s %s %s %s"
        .formatted(
            scene.levels().get("colour"),
            type(scene.levels().get("type")),
            SETTINGS.get(scene.levels().get("setting")),
            scene.levels().get("person").equals("none") ? "without people" : "with a person");
  }

  private static String type(String type) {
    return type.equals("sports") ? "sports car" : type;
  }
}
