package dev.anvil.showroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Seeds;
import dev.anvil.showroom.Scenario.Interaction;
import dev.anvil.showroom.Scenario.Level;
import dev.anvil.showroom.Scenario.Posting;
import dev.anvil.showroom.Scenario.Rare;
import dev.anvil.showroom.Scenario.Together;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final Level RED = new Level("colour", "red");
  private static final Level FOREST = new Level("setting", "forest");

  private final List<Scene> scenes = scenes();

  private static List<Scene> scenes() {
    SplittableRandom random = Seeds.random(1, "scenes");
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      scenes.add(
          new Scene(
              "s" + i,
              Path.of("s.jpg"),
              Path.of("s.png"),
              Optional.empty(),
              Optional.empty(),
              Map.of(
                  "colour",
                  List.of("red", "blue", "black").get(random.nextInt(3)),
                  "setting",
                  random.nextBoolean() ? "forest" : "coast")));
    }
    return scenes;
  }

  private static Scenario scenario(
      Optional<Together> together,
      Optional<Level> late,
      Optional<Rare> rare,
      Optional<Integer> tails) {
    return new Scenario(
        "test",
        1,
        List.of(),
        together,
        late,
        rare,
        tails,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private List<Scene> posted(Scenario scenario) {
    return scenario.posted(scenes, 100, 4).stream().map(Posting::scene).toList();
  }

  private static long count(List<Scene> scenes, Level a, Level b) {
    return scenes.stream().filter(a::in).filter(b::in).count();
  }

  @Test
  void picturesWithOneOfTwoCharacteristicsArePostedSeldom() {
    List<Scene> posted =
        posted(
            scenario(
                Optional.of(new Together(RED, FOREST, .3)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(count(posted, RED, FOREST)).isEqualTo(count(scenes, RED, FOREST));
    assertThat((double) count(posted, RED, new Level("setting", "coast")))
        .isCloseTo(.3 * count(scenes, RED, new Level("setting", "coast")), within(15.0));
  }

  @Test
  void aRareLevelHasItsShare() {
    List<Scene> posted =
        posted(
            scenario(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Rare("colour", "red", .02)),
                Optional.empty()));
    assertThat(posted.stream().filter(RED::in).count() / (double) posted.size())
        .isCloseTo(.02, within(.012));
  }

  @Test
  void aLateLevelIsPostedLate() {
    List<Scene> posted =
        posted(scenario(Optional.empty(), Optional.of(RED), Optional.empty(), Optional.empty()));
    assertThat(posted).hasSameSizeAs(scenes);
    long early = posted.subList(0, 500).stream().filter(RED::in).count();
    long late = posted.subList(500, 1000).stream().filter(RED::in).count();
    assertThat(late).isGreaterThan(4 * early);
  }

  @Test
  void fewerPostsAreTakenAfterTheRampUp() {
    assertThat(posted(ofPosts(300))).hasSize(400).doesNotHaveDuplicates();
  }

  @Test
  void picturesArePostedAgainWhereThereAreTooFew() {
    List<Posting> posted = ofPosts(2400).posted(scenes, 100, 4);
    assertThat(posted).hasSize(2500).doesNotHaveDuplicates();
    assertThat(posted.subList(0, 1000)).extracting(Posting::times).containsOnly(0);
    assertThat(posted.subList(1000, 2000)).extracting(Posting::times).containsOnly(1);
    Posting once = new Posting(scenes.get(0), 0);
    Posting again = new Posting(scenes.get(0), 1);
    assertThat(again.random(4, "post").nextDouble())
        .as("not the same luck again")
        .isNotEqualTo(once.random(4, "post").nextDouble());
  }

  @Test
  void picturesThatAreNeverPostedCannotFillTheCampaign() {
    Scenario none =
        new Scenario(
            "none",
            1,
            List.of(),
            Optional.of(new Together(RED, FOREST, 0)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(300),
            Optional.empty());
    List<Scene> forests =
        scenes.stream().filter(FOREST::in).filter(scene -> !RED.in(scene)).toList();
    assertThatThrownBy(() -> none.posted(forests, 100, 4))
        .hasMessageContaining("found 300; expected fewer, since none of the");
  }

  @Test
  void anInteractionIsGivenToPicturesWithBoth() throws Exception {
    World world = new World(WorldSpec.read(Path.of("worlds/default.yaml")));
    Scenario scenario =
        new Scenario(
            "both",
            1,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Interaction(RED, FOREST, .5)));
    Scene scene =
        scenes.get(0).with("setting", "forest").with("person", "none").with("type", "sedan");
    Scene red = scene.with("colour", "red");
    Scene blue = scene.with("colour", "blue");
    assertThat(world.appeal(red, scenario)).isCloseTo(1.5 * world.appeal(red), within(1e-12));
    assertThat(world.appeal(blue, scenario)).isEqualTo(world.appeal(blue));
  }

  private static Scenario ofPosts(int posts) {
    return new Scenario(
        "few",
        1,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(posts),
        Optional.empty());
  }

  @Test
  void heavyTailsHaveTheSameSpreadAndMoreOutliers() {
    Scenario heavy = scenario(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(5));
    SplittableRandom random = Seeds.random(2, "noise");
    double[] drawn = DoubleStream.generate(() -> heavy.noise(random)).limit(40_000).toArray();
    double squares = DoubleStream.of(drawn).map(z -> z * z).average().orElseThrow();
    assertThat(squares).isCloseTo(1, within(.08));
    // P(|t with 5 degrees of freedom| > 4 sqrt(5 / 3)) = .0036; of a Gaussian .00006
    assertThat(DoubleStream.of(drawn).filter(z -> Math.abs(z) > 4).count() / 40_000.0)
        .isCloseTo(.0036, within(.0012));
  }

  @Test
  void aChangingFactorGrowsToTwiceItself() {
    Scenario changing =
        new Scenario(
            "test",
            1,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("colour"),
            Optional.empty(),
            Optional.empty());
    assertThat(changing.strength("colour", 0)).isZero();
    assertThat(changing.strength("colour", 1)).isEqualTo(2);
    assertThat(changing.strength("setting", 1)).isEqualTo(1);
  }

  @Test
  void effectsAreDealtAnewAndScaled() throws Exception {
    WorldSpec base = WorldSpec.read(Path.of("worlds/default.yaml"));
    Scenario half =
        new Scenario(
            "half",
            .5,
            List.of("colour"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    WorldSpec world = half.world(base, 9);
    assertThat(world.effects().get("setting").values()).allMatch(e -> e == 0);
    List<Double> dealt =
        world.effects().get("colour").values().stream().map(Math::abs).sorted().toList();
    assertThat(dealt)
        .isEqualTo(
            base.effects().get("colour").values().stream()
                .map(e -> Math.abs(.5 * e))
                .sorted()
                .toList());
    assertThat(half.world(base, 9)).isEqualTo(world);
  }
}
