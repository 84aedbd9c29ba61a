package dev.anvil.spark;

import dev.anvil.lab.scorecard.ScorecardRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A showroom of the pictures of {@link SmallCampaign}, with a scorecard of two worlds. */
final class SmallShowroom {
  private static final String SCORECARD =
      """
      anvil: scorecard/1
      name: Small
      world: worlds/default.yaml
      studies: {edits: study.yaml}
      seed: 5
      worlds: 1
      slow_worlds: 1
      scenarios:
        - {name: no effects, scale: 0}
        - {name: large effects, scale: 2}
      """;

  private SmallShowroom() {}

  /** Makes it. */
  static ScorecardRequest make(Path folder) throws IOException {
    Path own = LoopbackCluster.HOME.resolve("showroom/campaign");
    Path campaign = Files.createDirectories(folder.resolve("campaign"));
    Files.createDirectories(campaign.resolve("pictures"));
    List<String> scenes = new ArrayList<>();
    try (Stream<String> lines = Files.lines(own.resolve("scenes.csv"))) {
      // scenes that were changed in one thing have a base
      lines
          .filter(line -> line.startsWith("id,") || line.split(",", -1)[3].isEmpty())
          .limit(1 + SmallCampaign.POSTS)
          .forEach(scenes::add);
    }
    Files.write(campaign.resolve("scenes.csv"), scenes);
    for (String scene : scenes.subList(1, scenes.size())) {
      String picture = scene.split(",", -1)[1];
      Files.copy(own.resolve(picture), campaign.resolve(picture));
    }
    Path worlds = Files.createDirectories(folder.resolve("worlds"));
    Files.writeString(
        worlds.resolve("default.yaml"),
        Files.readString(own.resolveSibling("worlds/default.yaml"))
            .replace("begins: 2015-09-01", "begins: 2023-01-01")
            .replace("levels_off: 2017-01-01", "levels_off: 2023-02-01")
            .replace("ramp_up_posts: 150", "ramp_up_posts: 5"));
    Files.writeString(folder.resolve("study.yaml"), SmallCampaign.STUDY.replace("clicks", "likes"));
    Files.writeString(folder.resolve("scorecard.yaml"), SCORECARD);
    return new ScorecardRequest(folder, Optional.empty(), Optional.empty(), false);
  }
}
