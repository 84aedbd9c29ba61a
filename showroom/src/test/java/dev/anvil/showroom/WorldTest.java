package dev.anvil.showroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.showroom.World.SimulatedPost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {
  private static final String WORLD =
      """
      anvil: world/1
      name: test
      seed: 5
      begins: 2016-01-01
      levels_off: 2017-01-01
      ends: 2019-12-31
      ramp_up_posts: 100
      base: 1000
      ramp_up_from: 0.1
      growth_per_year: 0.0
      season: 0.0
      weekend: 0.0
      noise: 0.2
      channels: {instagram: {share: 1, effect: 0}}
      countries: {DE: {share: 1, effect: 0}}
      effects:
        colour: {red: 0.3, blue: -0.1}
      """;

  @TempDir Path folder;

  @Test
  void likesCarryTheTrueEffect() throws IOException {
    List<SimulatedPost> posts = world(WORLD).draw(scenes(4100), 0);

    Map<String, Double> meanLog =
        posts.stream()
            .filter(p -> !p.time().toLocalDate().isBefore(LocalDate.of(2017, 1, 1)))
            .collect(
                Collectors.groupingBy(
                    p -> p.scene().levels().get("colour"),
                    Collectors.averagingDouble(p -> Math.log((double) p.likes()))));

    // 2000 posts a colour: the standard error of a mean log is .2 / sqrt(2000) = .0045
    assertThat(meanLog.get("red")).isCloseTo(Math.log(1300), within(.02));
    assertThat(meanLog.get("blue")).isCloseTo(Math.log(900), within(.02));
  }

  @Test
  void theAccountGrowsUntilItLevelsOff() throws IOException {
    List<SimulatedPost> posts = world(WORLD).draw(scenes(1000), 0);

    assertThat(posts.get(0).time().toLocalDate()).isBefore(LocalDate.of(2016, 1, 10));
    assertThat(posts.get(0).likes()).isBetween(50L, 250L);
    assertThat(posts.stream().filter(p -> p.time().getYear() == 2016)).hasSize(100);
    assertThat(posts.get(posts.size() - 1).time().toLocalDate())
        .isBetween(LocalDate.of(2019, 12, 1), LocalDate.of(2019, 12, 31));
  }

  @Test
  void theSameSeedDrawsTheSamePostsAndAnotherSeedOthers() throws IOException {
    World world = world(WORLD);
    List<Scene> scenes = scenes(300);

    assertThat(world.draw(scenes, 7)).isEqualTo(world.draw(scenes, 7));
    assertThat(world.draw(scenes, 8)).isNotEqualTo(world.draw(scenes, 7));
  }

  @Test
  void effectsAreRatios() throws IOException {
    World world = world(WORLD);

    assertThat(world.effect("colour", "red", "blue")).isCloseTo(1.3 / .9 - 1, within(1e-12));
    assertThat(world.effectAgainstAverage("colour", "red", List.of("red", "blue")))
        .isCloseTo(1.3 / 1.1 - 1, within(1e-12));
  }

  @Test
  void everyUnknownLevelIsReported() {
    List<Scene> scenes = new ArrayList<>(scenes(200));
    scenes.add(scene("x1", "pink"));
    scenes.add(scene("x2", "teal"));

    assertThatThrownBy(() -> world(WORLD).draw(scenes, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            """
            scene x1: colour is "pink"; expected one of [blue, red]
            scene x2: colour is "teal"; expected one of [blue, red]""");
  }

  @Test
  void aWorldFileWithMistakesNamesAllOfThem() {
    String bad = WORLD.replace("noise: 0.2", "noise: -1").replace("red: 0.3", "red: -2");

    assertThatThrownBy(() -> world(bad))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("noise is -1.0; expected 0 or more")
        .hasMessageContaining("effects.colour.red is -2.0; expected more than -1");
  }

  @Test
  void aMissingOrUnknownFieldIsNamedWithItsLine() {
    assertThatThrownBy(() -> world(WORLD.replace("noise: 0.2\n", "")))
        .hasMessageContaining("noise");
    assertThatThrownBy(() -> world(WORLD + "noize: 1\n"))
        .hasMessageContaining("line 18")
        .hasMessageContaining("noize");
  }

  @Test
  void postsAreWrittenWithPathsBesideTheFile() throws IOException {
    List<SimulatedPost> posts = world(WORLD).draw(scenes(200), 0);
    Path file = folder.resolve("posts.csv");

    PostsFile.write(posts, file);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(201);
    assertThat(lines.get(0)).isEqualTo("id,picture,published,channel,country,likes");
    SimulatedPost first = posts.get(0);
    assertThat(lines.get(1))
        .isEqualTo(
            "%s,pictures/%s.jpg,%s,instagram,DE,%d"
                .formatted(first.scene().id(), first.scene().id(), first.time(), first.likes()));
  }

  private World world(String yaml) throws IOException {
    return new World(WorldSpec.read(Files.writeString(folder.resolve("world.yaml"), yaml)));
  }

  private List<Scene> scenes(int count) {
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scenes.add(scene("s" + i, i % 2 == 0 ? "red" : "blue"));
    }
    return scenes;
  }

  private Scene scene(String id, String colour) {
    return new Scene(
        id,
        folder.resolve("pictures/" + id + ".jpg"),
        folder.resolve("masks/" + id + ".png"),
        Optional.empty(),
        Optional.empty(),
        Map.of("colour", colour));
  }
}
