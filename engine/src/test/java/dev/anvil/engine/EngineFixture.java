package dev.anvil.engine;

import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A small campaign of the showroom's pictures, and engines on it. */
final class EngineFixture {
  static final Path HOME = Path.of(System.getProperty("anvil.home")).toAbsolutePath();
  static final Path BUNDLED = HOME.resolve("models");

  static final String STUDY =
      """
      anvil: study/1
      name: Colour
      metric: clicks
      seed: 3
      sources: {element: [car, truck, bus], count: 6, min_coverage: 0.01}
      factors:
        colour:
          element: [car, truck, bus]
          editor: recolor
          reference: average
          levels:
            red: {colour: "#b0383c"}
            blue: {colour: "#3852a2"}
      """;

  private final Path folder;

  EngineFixture(Path folder) {
    this.folder = folder;
  }

  /** Posts with clicks that depend on the colour of the car; returns the table. */
  Path posts(String name, int posts, long seed) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve(name));
    List<Scene> scenes =
        Scene.read(HOME.resolve("showroom/campaign/scenes.csv")).stream()
            .filter(Scene::isBase)
            .limit(posts)
            .toList();
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("picture,date,channel,clicks\n");
    for (int i = 0; i < posts; i++) {
      Scene scene = scenes.get(i);
      Files.copy(scene.picture(), pictures.resolve(name + i + ".jpg"));
      double clicks =
          400
              * (scene.levels().get("colour").equals("red") ? 1.5 : 1)
              * Math.exp(.2 * random.nextGaussian());
      csv.append(
          "%s%d.jpg,%s,%s,%d%n"
              .formatted(
                  name,
                  i,
                  LocalDate.of(2022, 1, 3).plusDays(7L * i),
                  i % 3 == 0 ? "mail" : "web",
                  Math.round(clicks)));
    }
    return Files.writeString(pictures.resolve("posts.csv"), csv);
  }

  AnvilSettings settings(Path... packs) {
    List<Path> all = new ArrayList<>(List.of(packs));
    all.add(BUNDLED);
    return AnvilSettings.of(workspace(), all.toArray(Path[]::new));
  }

  Path workspace() {
    return folder.resolve("work");
  }

  /** An engine whose workspace knows the pictures already. */
  Anvil openWarm(Path... packs) throws IOException {
    WarmWorkspace.copyPicturesTo(workspace());
    return open(packs);
  }

  /** An engine whose workspace has the campaign "Spring" of 60 posts and its fit. */
  Anvil openFitted() throws IOException {
    WarmWorkspace.copyFittedTo(workspace());
    return open();
  }

  Anvil open(Path... packs) {
    return Anvil.open(settings(packs));
  }

  StudyText study() {
    return new StudyText(STUDY, folder, "study.yaml");
  }

  static FitRequest fit(String campaign) {
    return FitRequest.of(campaign).withElement(List.of("car", "truck", "bus"));
  }
}
