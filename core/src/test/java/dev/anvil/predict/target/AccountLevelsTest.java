package dev.anvil.predict.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.anvil.Seeds;
import dev.anvil.campaign.MetricKind;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AccountLevelsTest {
  private static final LocalDateTime START = LocalDateTime.of(2023, 1, 1, 12, 0);

  private final List<String> accounts = new ArrayList<>();
  private final List<Optional<LocalDateTime>> times = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();

  private void post(String account, int day, double value) {
    accounts.add(account);
    times.add(Optional.of(START.plusDays(day)));
    values.add(value);
  }

  private double[] array() {
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private AccountLevels fit(MetricKind kind, boolean... training) {
    boolean[] all = new boolean[values.size()];
    Arrays.fill(all, true);
    return AccountLevels.fit(kind, accounts, times, array(), training.length == 0 ? all : training);
  }

  private static Optional<LocalDateTime> day(int day) {
    return Optional.of(START.plusDays(day));
  }

  /** Ten accounts whose levels differ by far more than their posts do. */
  private void farApart() {
    SplittableRandom random = Seeds.random(3, "levels");
    for (int i = 0; i < 200; i++) {
      int account = i % 10;
      post("a" + account, i, Math.exp(account + .1 * random.nextGaussian()));
    }
  }

  @Test
  void accountsThatDifferMuchHaveTheirOwnLevel() {
    farApart();
    AccountLevels levels = fit(MetricKind.AMOUNT);
    assertThat(levels.pull()).isLessThan(.01);
    for (int account = 0; account < 10; account++) {
      assertThat(Math.log(levels.at("a" + account, day(200)).orElseThrow()))
          .isCloseTo(account, within(.1));
    }
  }

  @Test
  void accountsThatDifferByChanceOnlyHaveTheCampaignsLevel() {
    SplittableRandom random = Seeds.random(5, "levels");
    for (int i = 0; i < 200; i++) {
      post("a" + i % 10, i, Math.exp(2 + random.nextGaussian()));
    }
    AccountLevels levels = fit(MetricKind.AMOUNT);
    assertThat(levels.pull()).isGreaterThan(20);
    double[] found =
        accounts.stream()
            .distinct()
            .mapToDouble(a -> levels.at(a, day(200)).orElseThrow())
            .toArray();
    assertThat(Arrays.stream(found).max().orElseThrow() / Arrays.stream(found).min().orElseThrow())
        .isLessThan(1.6);
  }

  @Test
  void shrinksByPostsOverPostsPlusPullOnTheLogScale() {
    List<Observation> own =
        List.of(new Observation(START, 100), new Observation(START.plusDays(1), 100));
    AccountLevels levels =
        new AccountLevels(
            new AccountLevels.State(
                MetricKind.COUNT,
                Map.of("a", own),
                List.of(new Observation(START, 1)),
                Math.log(1),
                2,
                1,
                .5));
    // two posts, pull 2: half way between 1 and 100 on the log scale
    assertThat(levels.at("a", day(2)).orElseThrow()).isCloseTo(10, within(1e-9));
  }

  @Test
  void levelFollowsTheAccountOverTwelveMonths() {
    for (int i = 0; i < 60; i++) {
      post("grows", 30 * i, i < 30 ? 100 : 1000);
      post("stays", 30 * i + 1, 50);
    }
    AccountLevels levels = fit(MetricKind.COUNT);
    assertThat(levels.at("grows", day(30 * 30)).orElseThrow()).isCloseTo(100, within(2.0));
    assertThat(levels.at("grows", day(30 * 59)).orElseThrow()).isCloseTo(1000, within(60.0));
    assertThat(levels.at("stays", day(30 * 59)).orElseThrow()).isCloseTo(50, within(5.0));
  }

  @Test
  void heldBackPostsOfAKnownAccountTellNothing() {
    farApart();
    boolean[] training = new boolean[values.size()];
    for (int i = 0; i < training.length; i++) {
      training[i] = i < 100;
    }
    AccountLevels before = fit(MetricKind.AMOUNT, training);
    for (int i = 100; i < values.size(); i++) {
      values.set(i, 1e6);
    }
    AccountLevels after = fit(MetricKind.AMOUNT, training);
    assertThat(after.at("a3", day(300))).isEqualTo(before.at("a3", day(300)));
    assertThat(after.pull()).isEqualTo(before.pull());
  }

  @Test
  void newAccountHasItsOwnHistoryAndTellsNothingOfTheCampaign() {
    farApart();
    boolean[] training = new boolean[values.size()];
    for (int i = 0; i < training.length; i++) {
      training[i] = !accounts.get(i).equals("a9");
    }
    AccountLevels levels = fit(MetricKind.AMOUNT, training);
    assertThat(Math.log(levels.at("a9", day(200)).orElseThrow())).isCloseTo(9, within(.1));
    assertThat(levels.state().typical()).isCloseTo(4, within(.1));
    assertThat(levels.at("never seen", day(200))).isEmpty();
  }

  @Test
  void withoutDatesTheLevelIsTheMeanOfTheAccount() {
    for (int i = 0; i < 12; i++) {
      accounts.add(i % 2 == 0 ? "a" : "b");
      times.add(Optional.empty());
      values.add(i % 2 == 0 ? 90.0 + i : 9000.0 + i);
    }
    AccountLevels levels = fit(MetricKind.COUNT);
    assertThat(levels.at("a", Optional.empty()).orElseThrow()).isCloseTo(95, within(.1));
    assertThat(levels.relative("b", Optional.empty(), 18010)).isCloseTo(2, within(.01));
  }

  @Test
  void aSinglePostTellsNothingOfItsAccount() {
    farApart();
    post("once", 201, 40);
    assertThat(fit(MetricKind.AMOUNT).at("once", day(300))).isEmpty();
  }

  @Test
  void relativeValuesOfAMetricThatMayBeNegativeAreDifferences() {
    for (int i = 0; i < 40; i++) {
      post(i % 2 == 0 ? "low" : "high", i, (i % 2 == 0 ? -10 : 10) + i % 4 * .01);
    }
    AccountLevels levels = fit(MetricKind.VALUE);
    double relative = levels.relative("low", day(40), -8);
    assertThat(relative).isCloseTo(2, within(.1));
    assertThat(levels.absolute(levels.at("low", day(40)).orElseThrow(), relative))
        .isCloseTo(-8, within(1e-9));
  }

  @Test
  void aYearWithoutAnyLikesIsNoLevelOfNil() {
    farApart();
    for (int i = 0; i < 10; i++) {
      post("unseen", i, 0);
    }
    assertThat(fit(MetricKind.COUNT).at("unseen", day(20)).orElseThrow()).isGreaterThan(0);
  }

  @Test
  void isKeptAsJson() throws Exception {
    farApart();
    AccountLevels levels = fit(MetricKind.COUNT);
    ObjectMapper mapper =
        new ObjectMapper().registerModule(new Jdk8Module()).registerModule(new JavaTimeModule());
    AccountLevels read = mapper.readValue(mapper.writeValueAsString(levels), AccountLevels.class);
    assertThat(read.at("a4", day(150))).isEqualTo(levels.at("a4", day(150)));
    assertThat(Collections.max(read.state().history().keySet())).isEqualTo("a9");
  }
}
