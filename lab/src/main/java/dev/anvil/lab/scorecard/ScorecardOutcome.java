package dev.anvil.lab.scorecard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What came of a scorecard.
 *
 * @param folder with {@code scorecard.html}, {@code scores.csv}, {@code summary.csv} and {@code
 *     power.csv}
 * @param summary all methods over all worlds, by scenario and by factor
 * @param oracle the method whose power the others' is a share of
 * @param power by the size of the true effect
 * @param powerAtEqualError the same with each method's intervals scaled to hold 95 % of the truths
 */
public record ScorecardOutcome(
    Path folder,
    List<ScoreTables.Row> summary,
    String oracle,
    List<PowerBySize> power,
    List<PowerBySize> powerAtEqualError) {

  /** Writes the tables of scores and says what they show. */
  public static ScorecardOutcome write(ScorecardSpec spec, List<Score> scores, Path folder)
      throws IOException {
    ScoreFile.write(scores, folder.resolve("scores.csv"));
    ScoreTables.write(spec, scores, folder);
    return new ScorecardOutcome(
        folder,
        ScoreTables.rows(scores),
        PowerBySize.ORACLE,
        PowerBySize.of(scores),
        PowerBySize.of(ScaledIntervals.of(scores)));
  }
}
