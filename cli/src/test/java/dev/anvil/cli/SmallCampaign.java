package dev.anvil.cli;

import dev.anvil.showroom.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;

/** Posts with clicks that depend on the colour of the car, in words that Anvil does not use. */
final class SmallCampaign {
  private SmallCampaign() {}

  /** Writes {@code creatives/export.csv} and its pictures; two rows cannot be used. */
  static Path write(Path folder, int posts) throws IOException {
    Path creatives = Files.createDirectories(folder.resolve("creatives"));
    List<Scene> scenes = Main.showroom().baseScenes();
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder csv = new StringBuilder("asset;posted at;channel;paint;clicks\n");
    for (int i = 0; i < posts; i++) {
      Scene scene = scenes.get(i);
      Files.copy(scene.picture(), creatives.resolve("a" + i + ".jpg"));
      double clicks =
          400
              * (scene.levels().get("colour").equals("red") ? 1.5 : 1)
              * Math.exp(.2 * random.nextGaussian());
      csv.append(
          "a%d.jpg;%s 12:30;%s;%s;%d%n"
              .formatted(
                  i,
                  LocalDate.of(2022, 1, 3).plusDays(7L * i),
                  i % 3 == 0 ? "mail" : "web",
                  scene.levels().get("colour"),
                  Math.round(clicks)));
    }
    csv.append("no-such-picture.jpg;2023-01-01 12:30;web;red;12\n");
    csv.append("a1.jpg;2023-01-02 12:30;web;red;many\n");
    return Files.writeString(creatives.resolve("export.csv"), csv);
  }
}
