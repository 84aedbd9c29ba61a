package dev.anvil.lab.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.showroom.Scenario;
import dev.anvil.showroom.Scenario.Interaction;
import dev.anvil.showroom.Scenario.Level;
import dev.anvil.showroom.Scene;
import dev.anvil.showroom.World;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {
  private static final Level RED = new Level("colour", "red");
  private static final Level FOREST = new Level("setting", "forest");

  @TempDir Path folder;

  private World world;
  private StudySpec study;
  private final Map<String, Scene> scenes = new LinkedHashMap<>();

  @BeforeEach
  void read() throws Exception {
    world = new World(WorldSpec.read(Path.of("../showroom/worlds/default.yaml")));
    study =
        StudyFile.read(
            Files.writeString(
                folder.resolve("study.yaml"),
                """
                anvil: study/1
                name: Test
                metric: likes
                sources: {element: car, count: 2, ids: [a, b]}
                factors:
                  colour:
                    element: car
                    editor: recolor
                    reference: average
                    levels: {red: {colour: "#b0383c"}, blue: {colour: "#3852a2"}}
                  removal: {element: person, editor: remove, levels: {removed: {}}}
                """));
    for (String id : List.of("a", "b", "c")) {
      scenes.put(
          id,
          new Scene(
              id,
              Path.of("s.jpg"),
              Path.of("s.png"),
              Optional.empty(),
              Optional.empty(),
              Map.of(
                  "colour",
                  "blue",
                  "setting",
                  id.equals("a") ? "forest" : "desert",
                  "person",
                  id.equals("a") ? "none" : "C",
                  "type",
                  "sedan")));
    }
  }

  private Truth truth(Scenario scenario) {
    return new Truth(
        world, scenario, scenes, Map.of("removal", Map.of("removed", new Level("person", "none"))));
  }

  @Test
  void withoutInteractionsItIsTheWorlds() {
    assertThat(truth(Scenario.PLAIN).of("colour", "red", StudySpec.AVERAGE, study))
        .isCloseTo(
            world.effectAgainstAverage("colour", "red", List.of("red", "blue")), within(1e-9));
    assertThat(truth(Scenario.PLAIN).of("colour", "red", "blue", study))
        .isCloseTo(world.effect("colour", "red", "blue"), within(1e-9));
  }

  @Test
  void anInteractionCountsForTheSourcesThatHaveIt() {
    Scenario both =
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
    // forest 1.16 in a, with person none; desert 1 in b, with person at C 1.2
    double blue = 1.04 * (1.16 + 1.2);
    double red = 1.28 * (1.16 * 1.5 + 1.2);
    assertThat(truth(both).of("colour", "red", "blue", study))
        .isCloseTo(red / blue - 1, within(1e-9));
  }

  @Test
  void aRemovalIsAboutSourcesThatHaveSomethingToRemove() {
    assertThat(truth(Scenario.PLAIN).of("removal", "removed", StudySpec.CONTROL, study))
        .isCloseTo(1 / 1.2 - 1, within(1e-9));
  }

  @Test
  void aLevelThatTheWorldDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> truth(Scenario.PLAIN).of("colour", "green", "blue", study))
        .hasMessageContaining("no effect of colour green");
  }
}
