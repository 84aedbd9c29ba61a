package dev.anvil.lab.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.lab.scorecard.ScorecardPlan.World;
import dev.anvil.showroom.Scenario;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.stats.Interval;
import dev.anvil.study.spec.StudySpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScorecardTest {
  private static final String FILE =
      """
      anvil: scorecard/1
      name: Test
      world: world.yaml
      studies: {edits: study.yaml}
      seed: 5
      worlds: 2
      slow_worlds: 1
      scenarios:
        - {name: plain, scale: 1}
        - name: confounded
          scale: 1
          together: {first: {factor: colour, level: red}, second: {factor: setting, level: forest}, keep: 0.3}
      """;

  @TempDir Path folder;

  private final AtomicInteger judged = new AtomicInteger();

  private final AtomicInteger slowly = new AtomicInteger();

  private List<Score> judge(World world, RunContext context) {
    judged.incrementAndGet();
    slowly.addAndGet(world.slow() ? 1 : 0);
    return List.of(
        Score.of(
            world.scenario().name(),
            world.seed(),
            "edits",
            "colour",
            "red",
            false,
            .1,
            Optional.of(new Interval(.05, .08, .11, .95)),
            true),
        Score.of(
            world.scenario().name(),
            world.seed(),
            "edits",
            "colour",
            "blue",
            false,
            -.1,
            Optional.empty(),
            false));
  }

  private List<Score> judged(ScorecardSpec spec, int threads) throws Exception {
    Scorecard card = new Scorecard(ScorecardPlan.worlds(spec), folder.resolve("worlds"));
    card.judge(this::judge, threads, RunContext.NONE);
    return card.scores();
  }

  private ScorecardSpec spec() throws Exception {
    return ScorecardSpec.read(Files.writeString(folder.resolve("scorecard.yaml"), FILE));
  }

  @Test
  void worldsThatAreDoneAreNotJudgedAgain() throws Exception {
    ScorecardSpec spec = spec();
    List<Score> scores = judged(spec, 2);
    assertThat(judged).hasValue(4);
    assertThat(slowly).as("one world of each scenario").hasValue(2);
    Files.delete(folder.resolve("worlds/confounded-1.csv"));
    assertThat(judged(spec, 1)).isEqualTo(scores);
    assertThat(judged).hasValue(5);
    assertThat(judged(spec.withWorlds(3), 2)).hasSize(12);
    assertThat(judged).hasValue(7);
  }

  @Test
  void aWorldThatFailsIsReported() throws Exception {
    Scorecard card = new Scorecard(ScorecardPlan.worlds(spec()), folder);
    Scorecard.Judge failing =
        (world, context) -> {
          throw new IllegalStateException("no likes");
        };
    assertThatThrownBy(() -> card.judge(failing, 2, RunContext.NONE))
        .hasMessageContaining("the world of scenario")
        .hasRootCauseMessage("no likes");
  }

  @Test
  void tablesSayWhatCameOut() throws Exception {
    ScorecardSpec spec = spec();
    ScorecardOutcome outcome = ScorecardOutcome.write(spec, judged(spec, 2), folder);
    assertThat(outcome.folder()).isEqualTo(folder);
    assertThat(folder.resolve("scorecard.html"))
        .content()
        .contains("<h1>Test</h1>", "4 simulated worlds", "confounded", "0.500 (0.000)");
    assertThat(Files.readAllLines(folder.resolve("summary.csv"))).hasSize(1 + 4);
    assertThat(folder.resolve("power.csv")).content().contains("edits,10 %,8,0.5,");
  }

  @Test
  void settingsOfScenariosAreRead() throws Exception {
    ScorecardSpec spec =
        ScorecardSpec.read(
            Files.writeString(
                folder.resolve("settings.yaml"),
                FILE
                    + """
                    settings:
                      plain: {regressor: trees, segmenter: {misses_people: 0.3}, studies: [edits]}
                    shows: {removal: {removed: {factor: person, level: none}}}
                    """));
    ScorecardSpec.Setting plain = spec.setting(spec.scenarios().get(0));
    assertThat(plain.regressor()).contains(ScorecardSpec.Forced.TREES);
    assertThat(plain.segmenter()).contains(new SegmenterErrors(.3, null, null, null));
    assertThat(spec.setting(spec.scenarios().get(1)).studies()).isEmpty();
    assertThat(spec.shows().get("removal"))
        .containsEntry("removed", new Scenario.Level("person", "none"));
    assertThat(spec.withWorlds(3).settings()).isEqualTo(spec.settings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scorecard",
        "scorecard-small",
        "scorecard-posts",
        "scorecard-held-out",
        "scorecard-stress",
        "paper/scorecard"
      })
  void theShowroomsScorecardsAndTheirStudiesCanBeRead(String which) throws Exception {
    Path file = Path.of("../showroom", which + ".yaml");
    ScorecardSpec spec = ScorecardSpec.read(file);
    WorldSpec world = WorldSpec.read(file.resolveSibling(spec.world()));
    for (JudgedStudy judged : spec.studies().values()) {
      StudySpec study = judged.read(file.getParent()).spec();
      for (StudySpec.Factor factor : study.factors()) {
        Map<String, Scenario.Level> shown = spec.shows().getOrDefault(factor.name(), Map.of());
        for (String level : factor.levels().keySet()) {
          Scenario.Level known =
              shown.getOrDefault(level, new Scenario.Level(factor.name(), level));
          assertThat(world.effects().get(known.factor())).containsKey(known.level());
        }
      }
    }
  }

  @Test
  void aStudyCanBeJudgedAgainstOtherReferences() throws Exception {
    Files.writeString(
        folder.resolve("study.yaml"),
        """
        anvil: study/1
        name: Paint
        metric: likes
        sources: {element: car, count: 4}
        factors:
          colour:
            element: car
            editor: recolor
            reference: average
            levels: {red: {colour: "#c01818"}, blue: {colour: "#1818c0"}}
          tone: {element: car, editor: tone, levels: {red: {colour: "#c01818"}}}
        placebos:
          none: {element: car, editor: none, levels: {same: {}}}
        """);
    ScorecardSpec spec =
        ScorecardSpec.read(
            Files.writeString(
                folder.resolve("references.yaml"),
                FILE.replace("study.yaml", "{study: study.yaml, references: {colour: control}}")));
    StudySpec study = spec.studies().get("edits").read(folder).spec();

    assertThat(study.factors()).hasSize(1);
    assertThat(study.factors().get(0).reference()).isEqualTo("control");
    assertThat(study.placebos()).isEmpty();
    assertThatThrownBy(() -> new JudgedStudy("study.yaml", Map.of("paint", "control")).read(folder))
        .hasMessageContaining(
            "references are of [paint]; expected some of the factors [colour, tone]");
  }

  @Test
  void settingsOfNoScenarioAreRefused() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            FILE + "settings: {plane: {}, plain: {studies: [edit]}}\n");
    assertThatThrownBy(() -> ScorecardSpec.read(file))
        .hasMessageContaining(
            "settings are of [plain, plane]; expected some of [plain, confounded]")
        .hasMessageContaining("settings, plain: studies are [edit]; expected some of [edits]");
    Path rate =
        Files.writeString(
            folder.resolve("rate.yaml"),
            FILE + "settings: {plain: {segmenter: {misses_people: 3}}}\n");
    assertThatThrownBy(() -> ScorecardSpec.read(rate))
        .hasMessageContaining("misses_people is 3.0; expected 0 to 1");
  }

  @Test
  void requestsAreReadFromJsonAndWrittenAsIt() {
    ScorecardRequest request =
        ScorecardRequest.read(
                "{\"job\": \"scorecard\", \"showroom\": \"/data/showroom\", \"worlds\": 20, \"trees\": false}",
                "r.json")
            .orElseThrow();
    assertThat(request.file()).isEqualTo(Path.of("/data/showroom/scorecard.yaml"));
    assertThat(request.worlds()).contains(20);
    assertThat(ScorecardRequest.read(request.json(), "r.json")).contains(request);
    assertThat(ScorecardRequest.read("{\"job\": \"study\"}", "r.json")).isEmpty();
    assertThat(ScorecardRequest.read("{\"job\": ", "r.json")).as("no JSON").isEmpty();
    assertThatThrownBy(
            () -> ScorecardRequest.read("{\"job\": \"scorecard\", \"trees\": false}", "r.json"))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                ScorecardRequest.read(
                    "{\"job\": \"scorecard\", \"showroom\": \"s\", \"wrlds\": 1, \"trees\": false}",
                    "r.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("wrlds");
  }

  @Test
  void aWrongFileIsRefusedWithAllThatIsWrong() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            FILE.replace("scorecard/1", "scorecard/9")
                .replace("worlds: 2", "worlds: 0\ncalibrate: [planting]"));
    assertThatThrownBy(() -> ScorecardSpec.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected scorecard/1")
        .hasMessageContaining("calibrate is [planting]; expected some of [edits]")
        .hasMessageContaining("worlds is 0");
  }
}
