package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Post;
import dev.anvil.predict.matrix.Data;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExposureTest {
  private static Post post(int i, double clicks, String impressions) {
    return new Post(
        "p" + i,
        "c" + i,
        Path.of("p" + i + ".jpg"),
        Optional.empty(),
        Map.of("clicks", clicks),
        impressions.isEmpty() ? Map.of() : Map.of("Impressions", impressions));
  }

  /** Rates of .02 with a deviation of .3 on the logarithm, of 200 to 20,000 impressions. */
  private static List<Post> drawn() {
    SplittableRandom random = Seeds.random(3);
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int n = (int) (200 * Math.exp(4.6 * random.nextDouble()));
      double rate = .02 * Math.exp(.3 * Data.gaussian(random));
      int clicks = 0;
      for (int k = 0; k < n; k++) {
        clicks += random.nextDouble() < rate ? 1 : 0;
      }
      posts.add(post(i, clicks, Integer.toString(n)));
    }
    return posts;
  }

  @Test
  void fewLuckyClicksDoNotBeatManySteadyOnes() {
    Exposure exposure = Exposure.of(Campaign.of("c", drawn()), "clicks", "impressions");
    assertThat(exposure.name()).isEqualTo("clicks per 1,000 Impressions");
    assertThat(exposure.rate(3, 10)).isLessThan(exposure.rate(300, 1100));
    assertThat(exposure.weight(10)).isLessThan(.1 * exposure.weight(1100));
  }

  /** Between posts: .02 * .3 = .006; noise of one impression: .02 * .98. */
  @Test
  void theStrengthOfWhatIsKnownBeforehandIsRecovered() {
    Exposure exposure = Exposure.of(Campaign.of("c", drawn()), "clicks", "Impressions");
    assertThat(exposure.mean()).isCloseTo(21, within(1.5));
    assertThat(exposure.strength()).isBetween(300.0, 900.0);
  }

  @Test
  void postsWithoutExposureAreSetAsideAndSaid() {
    List<Post> posts = drawn().subList(0, 50);
    List<Post> all = new ArrayList<>(posts);
    all.add(post(900, 5, "0"));
    all.add(post(901, 5, ""));
    Campaign campaign = Campaign.of("c", all);
    Exposure exposure = Exposure.of(campaign, "clicks", "impressions");
    assertThat(
            exposure.rates(campaign).posts().stream()
                .filter(p -> p.metric(exposure.name()).isEmpty()))
        .extracting(Post::id)
        .containsExactlyInAnyOrder("p900", "p901");
    assertThat(exposure.notes(campaign).get(0)).contains("2 posts have no Impressions");
  }

  @Test
  void moreClicksThanImpressionsMakeARateAndNoShare() {
    Campaign campaign =
        Campaign.of(
            "c", List.of(post(0, 30, "10"), post(1, 8, "20"), post(2, 9, "30"), post(3, 40, "80")));
    Exposure exposure = Exposure.of(campaign, "clicks", "impressions");
    assertThat(exposure.share()).isFalse();
    assertThat(exposure.notes(campaign).get(0)).contains("may be above 1");
    assertThat(exposure.rates(campaign).kind(exposure.name())).hasToString("AMOUNT");
  }

  @Test
  void anUnknownExposureIsRefusedWithTheColumnsThereAre() {
    assertThatThrownBy(() -> Exposure.of(Campaign.of("c", drawn()), "clicks", "reach"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("reach")
        .hasMessageContaining("Impressions");
  }
}
