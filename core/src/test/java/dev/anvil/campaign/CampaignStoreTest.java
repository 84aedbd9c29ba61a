package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.workspace.Workspace;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignStoreTest {
  @TempDir Path temp;

  private static Post post(String id, double engagement) {
    return new Post(
        id,
        "creative " + id,
        Path.of(id + ".jpg"),
        LocalDateTime.of(2022, 1, 1, 12, 0),
        Map.of("engagement", engagement),
        Map.of());
  }

  private static Post undated(String id) {
    return new Post(
        id, "creative " + id, Path.of(id + ".jpg"), Optional.empty(), Map.of(), Map.of());
  }

  /** Of 0 and 1 alone nobody could tell afterwards that the file said 0 % and 100 %. */
  @Test
  void whatAMetricIsIsKeptWithTheCampaign() {
    Campaign campaign =
        new Campaign(
            "posters",
            List.of(post("a", 0), post("b", 1), undated("c")),
            Map.of("engagement", MetricKind.RATE),
            new Advice(
                Optional.of("engagement"),
                Optional.of("account"),
                Optional.empty(),
                Optional.of(LocalDateTime.of(2024, 1, 2, 3, 4))));
    try (Workspace workspace = Workspace.open(temp)) {
      new CampaignStore(workspace).save(campaign, "posts.csv");
    }
    try (Workspace workspace = Workspace.open(temp)) {
      assertThat(new CampaignStore(workspace).load("posters")).contains(campaign);
    }
  }

  @Test
  void campaignsFromBeforeKindsWereKeptAreJudgedByNameAndValues() {
    Campaign campaign = Campaign.of("posters", List.of(post("a", 0), post("b", 1)));
    try (Workspace workspace = Workspace.open(temp)) {
      new CampaignStore(workspace)
          .save(new Campaign("posters", campaign.posts(), Map.of()), "posts.csv");
      Campaign loaded = new CampaignStore(workspace).load("posters").orElseThrow();
      assertThat(loaded.kind("engagement")).isEqualTo(MetricKind.COUNT);
      assertThatThrownBy(() -> loaded.kind("likes"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("posters: has no metric likes; expected one of {engagement=COUNT}");
    }
  }
}
