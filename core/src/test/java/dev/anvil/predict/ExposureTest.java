package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.target.Measured;
import dev.anvil.predict.target.Smoothed;
import dev.anvil.predict.target.TargetTransform;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  /**
   * Two posts in five have rates 1.38 times as high, most posts have few impressions. The weighted
   * means of the targets tell this effect, those of the smoothed rates two thirds of it.
   */
  @Test
  void smoothingHidesNoPartOfAnEffect() {
    SplittableRandom random = Seeds.random(8);
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      int n = (int) Math.max(5, 300 * Math.exp(1.2 * Data.gaussian(random)));
      double rate = .02 * Math.exp(.3 * Data.gaussian(random)) * (i % 5 < 2 ? 1.38 : 1);
      int clicks = 0;
      for (int k = 0; k < n; k++) {
        clicks += random.nextDouble() < rate ? 1 : 0;
      }
      posts.add(post(i, clicks, Integer.toString(n)));
    }
    Campaign campaign = Campaign.of("c", posts);
    Exposure exposure = Exposure.of(campaign, "clicks", "impressions");
    List<Post> rated = exposure.rates(campaign).posts();
    double[] rates =
        rated.stream().mapToDouble(p -> p.metric(exposure.name()).orElseThrow()).toArray();
    Smoothed smoothed = exposure.smoothed(rated);
    boolean[] higher = new boolean[rated.size()];
    for (int i = 0; i < higher.length; i++) {
      higher[i] = Integer.parseInt(rated.get(i).id().substring(1)) % 5 < 2;
    }
    assertThat(effect(new Measured(rates, smoothed), smoothed, higher)).isCloseTo(.38, within(.04));
    assertThat(effect(Measured.of(rates), smoothed, higher)).isLessThan(.28);
  }

  private static double effect(Measured metric, Smoothed smoothed, boolean[] higher) {
    List<Optional<LocalDateTime>> times = Collections.nCopies(4000, Optional.empty());
    boolean[] all = new boolean[4000];
    Arrays.fill(all, true);
    TargetTransform transform =
        TargetTransform.fit(
            TargetTransform.Options.standard(MetricKind.AMOUNT), times, metric, all);
    double[] target = transform.apply(times, metric);
    double[] sums = new double[2];
    double[] weights = new double[2];
    for (int i = 0; i < target.length; i++) {
      int side = higher[i] ? 1 : 0;
      sums[side] += smoothed.weights()[i] * target[i];
      weights[side] += smoothed.weights()[i];
    }
    return transform
        .ratio(Optional.empty(), sums[0] / weights[0], sums[1] / weights[1])
        .orElseThrow();
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
