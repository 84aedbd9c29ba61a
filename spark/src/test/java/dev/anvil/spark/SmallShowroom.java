package dev.anvil.spark;

import dev.anvil.lab.scorecard.ScorecardRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
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
    Files.createSymbolicLink(campaign.resolve("pictures"), own.resolve("pictures"));
    Files.createSymbolicLink(campaign.resolve("masks"), own.resolve("masks"));
    try (Stream<String> lines = Files.lines(own.resolve("scenes.csv"))) {
      // scenes that were changed in one thing have a base
      Files.writeString(
          campaign.resolve("scenes.csv"),
          lines
              .filter(line -> line.startsWith("id,") || line.split(",", -1)[3].isEmpty())
              .limit(1 + SmallCampaign.POSTS)
              .collect(Collectors.joining("\n", "", "\n")));
    }
    Path worlds = Files.createDirectories(folder.resolve("worlds"));
    Files.writeString(
        worlds.resolve("default.yaml"),
        Files.readString(own.resolveSibling("worlds/default.yaml"))
            .replace("ramp_up_posts: 150", "ramp_up_posts: 0"));
    Files.writeString(folder.resolve("study.yaml"), SmallCampaign.STUDY.replace("clicks", "likes"));
    Files.writeString(folder.resolve("scorecard.yaml"), SCORECARD);
    return new ScorecardRequest(folder, Optional.empty(), Optional.empty(), false);
  }
}
