package dev.anvil.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.Seeds;
import dev.anvil.tags.Confusion.Labelled;
import dev.anvil.tags.Confusion.PartlyKnown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private static final List<String> LEVELS = List.of("none", "left", "right");

  /** A detector that misses half of the people on the left and takes a fifth for the right. */
  private static String detect(String level, SplittableRandom random) {
    double u = random.nextDouble();
    return level.equals("left") ? u < .5 ? "none" : u < .7 ? "right" : "left" : level;
  }

  private static List<Labelled> variants(SplittableRandom random) {
    List<Labelled> known = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      String level = LEVELS.get(i % 3);
      known.add(new Labelled(level, detect(level, random), i / 3));
    }
    return known;
  }

  @Test
  void levelsThatNoPostOfASubsetIsTakenForCannotBeUnmixed() {
    SplittableRandom random = Seeds.random(3, "variance");
    List<String> posts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      posts.add(detect(LEVELS.get(i % 3), random));
    }
    Confusion confusion = Confusion.of(LEVELS, variants(random), posts);
    Map<String, Integer> all = new HashMap<>();
    posts.forEach(inferred -> all.merge(inferred, 1, Integer::sum));
    assertThat(Collections.max(confusion.variances(LEVELS, List.of(), all).values()))
        .isBetween(.005, .2);

    Map<String, Integer> withoutLeft = new HashMap<>(all);
    withoutLeft.remove("left");
    assertThat(confusion.variances(LEVELS, List.of(), withoutLeft).get("left")).isGreaterThan(1);
    assertThat(confusion.variances(List.of("none", "right"), List.of("left"), withoutLeft).values())
        .allMatch(v -> v < .2);
    Map<String, Integer> few = new HashMap<>();
    all.forEach((inferred, count) -> few.put(inferred, 1));
    assertThat(confusion.variances(LEVELS, List.of(), few).get("left")).isGreaterThan(1);
  }

  @Test
  void knownPostsTellHowOftenTheOthersAreLabelledWrong() {
    SplittableRandom random = Seeds.random(6, "counted");
    Map<String, Double> truth = Map.of("none", 0.0, "left", 1.0, "right", -.5);
    List<PartlyKnown> posts = new ArrayList<>();
    Map<String, double[]> sums = new HashMap<>();
    for (int i = 0; i < 30000; i++) {
      String level = i % 10 < 6 ? "none" : i % 10 < 8 ? "left" : "right";
      PartlyKnown post =
          new PartlyKnown(
              detect(level, random),
              random.nextDouble() < .2 ? Optional.of(level) : Optional.empty());
      posts.add(post);
      double[] sum = sums.computeIfAbsent(post.label(), t -> new double[2]);
      sum[0] += truth.get(level) + .1 * random.nextGaussian();
      sum[1]++;
    }
    Map<String, Double> means = new HashMap<>();
    sums.forEach((level, sum) -> means.put(level, sum[0] / sum[1]));
    assertThat(means.get("none")).isGreaterThan(.08);

    Map<String, Double> unmixed = Confusion.counted(LEVELS, posts).unmix(means);
    truth.forEach((level, mean) -> assertThat(unmixed.get(level)).isCloseTo(mean, within(.03)));
  }

  @Test
  void labelsAreTakenAsTheyAreWhereNothingIsKnown() {
    Map<String, Double> means = Map.of("none", .1, "left", 1.0, "right", -.5);
    Map<String, Double> unmixed = Confusion.counted(LEVELS, unlooked(1000)).unmix(means);
    means.forEach((level, mean) -> assertThat(unmixed.get(level)).isCloseTo(mean, within(1e-3)));
  }

  @Test
  void whatSinglePostsSayIsDrawnTowardsZero() {
    Map<String, Double> means = Map.of("none", .1, "left", 1.0, "right", -.5);
    Map<String, Double> unmixed = Confusion.counted(LEVELS, unlooked(1)).unmix(means);
    means.forEach(
        (level, mean) -> assertThat(unmixed.get(level)).isCloseTo(.8 * mean, within(1e-9)));
  }

  /** So many posts taken for each level, none of which anybody looked at. */
  private static List<PartlyKnown> unlooked(int each) {
    return LEVELS.stream()
        .flatMap(
            level -> Collections.nCopies(each, new PartlyKnown(level, Optional.empty())).stream())
        .toList();
  }

  @Test
  void meansOfTrueLevelsComeBackThoughMostPostsShowNobody() {
    SplittableRandom random = Seeds.random(5, "confusion");
    Map<String, Double> truth = Map.of("none", 0.0, "left", 1.0, "right", -.5);
    List<String> inferred = new ArrayList<>();
    Map<String, double[]> sums = new HashMap<>();
    for (int i = 0; i < 30000; i++) {
      String level = i % 10 < 6 ? "none" : i % 10 < 8 ? "left" : "right";
      String seen = detect(level, random);
      inferred.add(seen);
      double[] sum = sums.computeIfAbsent(seen, t -> new double[2]);
      sum[0] += truth.get(level) + .1 * random.nextGaussian();
      sum[1]++;
    }
    Map<String, Double> means = new HashMap<>();
    sums.forEach((level, sum) -> means.put(level, sum[0] / sum[1]));
    // six posts of nobody for each on the left that is missed
    assertThat(means.get("none")).isCloseTo(1.0 / 7, within(.02));

    Confusion confusion = Confusion.of(LEVELS, variants(random), inferred);
    assertThat(confusion.commonest()).isEqualTo("none");
    assertThat(confusion.share("none", "left")).isCloseTo(1.0 / 7, within(.02));
    Map<String, Double> unmixed = confusion.unmix(means);
    truth.forEach((level, mean) -> assertThat(unmixed.get(level)).isCloseTo(mean, within(.06)));
  }

  @Test
  void whereNothingIsMistakenNothingChanges() {
    List<Labelled> known = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      known.add(new Labelled(LEVELS.get(i % 3), LEVELS.get(i % 3), i));
    }
    List<String> inferred = known.stream().map(Labelled::inferred).toList();
    Map<String, Double> means = Map.of("none", .2, "left", 1.0, "right", -.5);
    Confusion.of(LEVELS, known, inferred)
        .unmix(means)
        .forEach((level, mean) -> assertThat(mean).isCloseTo(means.get(level), within(1e-3)));
  }

  @Test
  void mistakesOnVariantsAreResampledAsIfFewSourcesHadShownThem() {
    List<String> posts = new ArrayList<>();
    SplittableRandom random = Seeds.random(8, "resampled");
    for (int i = 0; i < 3000; i++) {
      posts.add(detect(LEVELS.get(i % 3), random));
    }
    List<Labelled> known = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      for (String level : LEVELS) {
        String found = level.equals("left") && i % 2 == 0 ? "none" : level;
        known.add(new Labelled(level, found, i));
      }
    }
    // a half that is missed has a standard error of .16 on ten sources, of .035 on two hundred; of
    // posts taken for nobody a third shows somebody
    assertThat(spread(Confusion.of(LEVELS, known, posts))).isBetween(.06, .2);
  }

  @Test
  void mistakesOnKnownPostsAreResampledAsManyAsTheyAre() {
    double few = spread(Confusion.counted(LEVELS, partlyKnown(2000)));
    double many = spread(Confusion.counted(LEVELS, partlyKnown(32000)));
    assertThat(few / many).isBetween(2.5, 6.0);
  }

  private static List<PartlyKnown> partlyKnown(int count) {
    SplittableRandom random = Seeds.random(9, "known");
    List<PartlyKnown> posts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String level = LEVELS.get(i % 3);
      posts.add(
          new PartlyKnown(
              detect(level, random), i % 10 == 0 ? Optional.of(level) : Optional.empty()));
    }
    return posts;
  }

  /** Standard deviation of the share of people on the left among posts taken for nobody. */
  private static double spread(Confusion confusion) {
    double[] shares = new double[100];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = confusion.resampled(k).share("none", "left");
    }
    double mean = Arrays.stream(shares).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(shares).map(s -> (s - mean) * (s - mean)).average().orElseThrow());
  }

  @Test
  void aLevelThatNoPictureShowsIsNamed() {
    assertThatThrownBy(
            () -> Confusion.of(LEVELS, List.of(new Labelled("none", "none", 0)), List.of("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("level left: is shown by no known picture");
  }
}
