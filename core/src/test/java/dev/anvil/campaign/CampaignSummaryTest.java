package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.campaign.CampaignSummary.MetricSummary;
import dev.anvil.workspace.Workspace;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignSummaryTest {
  private static final Campaign CAMPAIGN =
      Campaign.of(
          "cars",
          List.of(
              post("1", "a.jpg", 3, Map.of("likes", 1.0), Map.of("country", "DE")),
              post("2", "b.PNG", 3, Map.of("likes", 2.0), Map.of()),
              post("3", "a.jpg", 5, Map.of("likes", 4.0, "ctr", .1), Map.of("country", "FR")),
              post("4", "c.jpg", 6, Map.of("likes", 10.0), Map.of("country", "FR"))));

  @Test
  void describesACampaign() {
    CampaignSummary summary =
        CampaignSummary.of(
            CAMPAIGN, file -> file.endsWith("c.jpg") ? Optional.empty() : Optional.of("384x288"));
    assertThat(summary.posts()).isEqualTo(4);
    assertThat(summary.creatives()).isEqualTo(3);
    assertThat(summary.first()).isEqualTo(LocalDateTime.of(2017, 3, 1, 0, 0));
    assertThat(summary.last()).isEqualTo(LocalDateTime.of(2017, 6, 1, 0, 0));
    // numpy.quantile([1, 2, 4, 10], [.25, .5, .75]) = 1.75, 3, 5.5
    assertThat(summary.metrics())
        .isEqualTo(
            Map.of(
                "likes", new MetricSummary(4, 0, 1, 1.75, 3, 5.5, 10, 4.25),
                "ctr", new MetricSummary(1, 3, .1, .1, .1, .1, .1, .1)));
    assertThat(summary.missingMetadata()).isEqualTo(Map.of("country", 1));
    assertThat(summary.perMonth())
        .isEqualTo(
            Map.of(
                YearMonth.of(2017, 3), 2,
                YearMonth.of(2017, 4), 0,
                YearMonth.of(2017, 5), 1,
                YearMonth.of(2017, 6), 1));
    assertThat(summary.formats()).isEqualTo(Map.of("jpg", 2, "png", 1));
    assertThat(summary.pictureSizes()).isEqualTo(Map.of("384x288", 2));
  }

  @Test
  void refusesACampaignWithoutPosts() {
    assertThatThrownBy(
            () -> CampaignSummary.of(Campaign.of("none", List.of()), file -> Optional.empty()))
        .hasMessage("none: has no posts; expected at least one");
  }

  @Test
  void aCampaignComesBackFromAWorkspaceAsItWas(@TempDir Path temp) {
    try (Workspace workspace = Workspace.open(temp)) {
      CampaignStore store = new CampaignStore(workspace);
      store.save(CAMPAIGN, "posts.csv");
      assertThat(store.load("cars")).contains(CAMPAIGN);
      assertThat(store.load("bikes")).isEmpty();
      assertThat(store.names()).containsExactly("cars");
    }
  }

  private static Post post(
      String id,
      String picture,
      int month,
      Map<String, Double> metrics,
      Map<String, String> metadata) {
    return new Post(
        id,
        "hash of " + picture,
        Path.of("/feed", picture),
        LocalDateTime.of(2017, month, 1, 0, 0),
        metrics,
        metadata);
  }
}
