package dev.anvil.lab.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.showroom.Scenario;
import dev.anvil.stats.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private List<Score> judge(
      Scenario scenario, long seed, boolean slow, RunContext context) {
    judged.incrementAndGet();
    slowly.addAndGet(slow ? 1 : 0);
    return List.of(
        Score.of(
            scenario.name(),
            seed,
            "edits",
            "colour",
            "red",
            false,
            .1,
            Optional.of(new Interval(.05, .08, .11, .95)),
            true),
        Score.of(
            scenario.name(), seed, "edits", "colour", "blue", false, -.1, Optional.empty(), false));
  }

  private ScorecardSpec spec() throws Exception {
    return ScorecardSpec.read(Files.writeString(folder.resolve("scorecard.yaml"), FILE));
  }

  @Test
  void worldsThatAreDoneAreNotJudgedAgain() throws Exception {
    ScorecardSpec spec = spec();
    Scorecard card = new Scorecard(this::judge, folder.resolve("worlds"));
    List<Score> scores = card.run(spec, 2, RunContext.NONE);
    assertThat(judged).hasValue(4);
    assertThat(slowly).as("one world of each scenario").hasValue(2);
    Files.delete(folder.resolve("worlds/confounded-1.csv"));
    assertThat(card.run(spec, 1, RunContext.NONE)).isEqualTo(scores);
    assertThat(judged).hasValue(5);
    assertThat(card.run(spec.withWorlds(3), 2, RunContext.NONE)).hasSize(12);
    assertThat(judged).hasValue(7);
  }

  @Test
  void aWorldThatFailsIsReported() throws Exception {
    ScorecardSpec spec = spec();
    Scorecard card =
        new Scorecard(
            (scenario, seed, slow, context) -> {
              throw new IllegalStateException("no likes");
            },
            folder);
    assertThatThrownBy(() -> card.run(spec, 2, RunContext.NONE)).hasRootCauseMessage("no likes");
  }

  @Test
  void tablesSayWhatCameOut() throws Exception {
    ScorecardSpec spec = spec();
    List<Score> scores =
        new Scorecard(this::judge, folder.resolve("worlds")).run(spec, 2, RunContext.NONE);
    ScoreTables.write(spec, scores, folder);
    assertThat(folder.resolve("scorecard.html"))
        .content()
        .contains("<h1>Test</h1>", "4 simulated worlds", "confounded", "0.500 (0.000)");
    assertThat(Files.readAllLines(folder.resolve("summary.csv"))).hasSize(1 + 4);
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
