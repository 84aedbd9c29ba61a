package dev.anvil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.engine.outcome.FitOutcome;
import dev.anvil.engine.outcome.PredictOutcome;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.report.data.ModelResult;
import dev.anvil.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions for accounts that nothing was learned from. */
class NewAccountsTest {
  private static final int POSTS = 72;
  private static final int ACCOUNTS = 6;

  @TempDir Path folder;

  @Test
  void aPostOfANewAccountGetsTheIntervalMeasuredOnAccountsLeftOut() throws IOException {
    EngineFixture fixture = new EngineFixture(folder);
    Path posts = byAccount(fixture.posts("shops", POSTS, 4));
    try (Anvil anvil = fixture.openWarm()) {
      anvil.run(ImportRequest.of(posts, "Shops"), RunContext.NONE);
      FitOutcome fit =
          anvil.run(EngineFixture.fit("Shops").withGroup(Optional.of("account")), RunContext.NONE);
      ModelResult model = fit.report().model();

      assertThat(model.newAccounts().orElseThrow().posts()).isEqualTo(POSTS);
      assertThat(model.newAccounts().orElseThrow().achieved()).isBetween(.75, 1.0);
      assertThat(width(anvil, posts, "shop 1", Optional.empty()))
          .isEqualTo(width(anvil, posts, "shop 1", Optional.empty()))
          .isPositive();
      double stated = width(anvil, posts, "shop 99", Optional.of(1000.));
      double relative = width(anvil, posts, "shop 99", Optional.empty());
      assertThat(stated).isCloseTo(1000 * relative, within(1e-6 * stated));
      double ratio =
          model.newAccounts().orElseThrow().halfWidth()
              / model.coverage().orElseThrow().halfWidth();
      assertThat(ratio).isNotCloseTo(1, within(1e-3));
    }
  }

  private static double width(Anvil anvil, Path posts, String account, Optional<Double> usual) {
    PredictOutcome outcome =
        anvil.run(
            new PredictRequest(
                Optional.empty(),
                List.of(posts.resolveSibling("shops1.jpg")),
                Map.of("account", account),
                Optional.empty(),
                usual),
            RunContext.NONE);
    Interval interval = outcome.predictions().get(0).interval().orElseThrow();
    return interval.high() - interval.low();
  }

  /** Each account gets so many times the clicks of the first. */
  private static Path byAccount(Path posts) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(posts)) {
      int row = lines.size() - 1;
      int comma = line.lastIndexOf(',');
      lines.add(
          row < 0
              ? line + ",account"
              : "%s,%d,shop %d"
                  .formatted(
                      line.substring(0, comma),
                      Long.parseLong(line.substring(comma + 1)) * (1 << (row % ACCOUNTS)),
                      row % ACCOUNTS));
    }
    return Files.write(posts, lines);
  }
}
