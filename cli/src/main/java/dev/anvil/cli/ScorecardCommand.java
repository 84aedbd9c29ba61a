package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.lab.scorecard.PowerBySize;
import dev.anvil.lab.scorecard.ScoreTables;
import dev.anvil.lab.scorecard.ScorecardOutcome;
import dev.anvil.lab.scorecard.ScorecardRequest;
import dev.anvil.lab.scorecard.ScorecardService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "scorecard",
    description = {
      "Simulate likes with known effects many times, and measure which methods" + " find them.",
      "An interrupted scorecard resumes where it stopped. docs/scorecard.md"
          + " explains the tables."
    })
final class ScorecardCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCORECARD",
      description = "Scorecard file (default: the showroom's).")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--showroom",
      paramLabel = "FOLDER",
      description =
          "Another rendered campaign, laid out like the bundled showroom"
              + " (tools/showroom/other.sh makes one).")
  Optional<Path> showroom = Optional.empty();

  @Option(
      names = "--worlds",
      paramLabel = "N",
      description = "Worlds of each scenario (default: as the file says).")
  Optional<Integer> worlds = Optional.empty();

  @Option(
      names = "--trees",
      description = "Score with early-stopped trees instead of ridge; takes hours.")
  boolean trees;

  @Option(
      names = "--groups",
      description =
          "Simulate campaigns of several accounts instead, and measure whether effects"
              + " within accounts are found (docs/groups.md).")
  boolean groups;

  @Option(
      names = "--alarms",
      description =
          "Simulate residuals instead, with and without a drop, and measure how often"
              + " the alarms of anvil monitor and of common rules are false"
              + " (docs/monitoring.md).")
  boolean alarms;

  @Override
  public Integer call() throws Exception {
    if (alarms) {
      AlarmScore.print(common, worlds.orElse(200));
      return 0;
    }
    if (groups) {
      GroupsScore.print(common, worlds.orElse(50));
      return 0;
    }
    ScorecardRequest request =
        new ScorecardRequest(
            showroom.orElseGet(() -> Main.showroom().folder()), file, worlds, trees);
    try (Anvil anvil = common.open()) {
      ScorecardOutcome outcome = ScorecardService.run(anvil, request, common.context());
      common.print(
          outcome,
          text(outcome.summary())
              + power("Power by size of the true effect", outcome.power())
              + power(
                  "The same with each method's intervals scaled to 95 % coverage",
                  outcome.powerAtEqualError())
              + "\nScorecard: "
              + outcome.folder().resolve("scorecard.html"));
      return 0;
    }
  }

  private static String text(List<ScoreTables.Row> rows) {
    Map<String, List<ScoreTables.Row>> parts = new LinkedHashMap<>();
    rows.forEach(row -> parts.computeIfAbsent(row.part(), p -> new ArrayList<>()).add(row));
    StringBuilder text = new StringBuilder();
    parts.forEach(
        (part, own) -> {
          List<String> heads = new ArrayList<>(List.of(part));
          heads.addAll(ScoreTables.cells(own.get(0)).keySet());
          List<List<String>> lines = new ArrayList<>();
          for (ScoreTables.Row row : own) {
            List<String> line = new ArrayList<>(List.of(row.method()));
            line.addAll(ScoreTables.cells(row).values());
            lines.add(line);
          }
          text.append(System.lineSeparator()).append(Tables.text(heads, lines));
        });
    return text.toString();
  }

  private static String power(String title, List<PowerBySize> power) {
    List<List<String>> rows = ScoreTables.power(power);
    return """

    %s, and share of the oracle's (%s)
    """
            .formatted(title, PowerBySize.ORACLE)
        + Tables.text(rows.get(0), rows.subList(1, rows.size()));
  }
}
