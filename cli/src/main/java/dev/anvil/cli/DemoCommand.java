package dev.anvil.cli;

import dev.anvil.RunContext;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.view.KnownTruth;
import dev.anvil.engine.service.view.ReportFiles;
import dev.anvil.lab.Showroom;
import dev.anvil.lab.paper.Agreement;
import dev.anvil.lab.paper.FourWays;
import dev.anvil.lab.paper.PaperExperiments;
import dev.anvil.lab.paper.PaperFiles;
import dev.anvil.lab.paper.PaperPage;
import dev.anvil.lab.paper.PaperResults;
import dev.anvil.report.data.ReportData;
import dev.anvil.showroom.World;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.study.StudyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Run the whole job on the bundled campaign: a car maker's posts, whose true"
          + " effects are known."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin Common common;

  @Option(
      names = "--paper",
      description =
          "Run the paper's experiments instead, figure by figure, with small networks"
              + " of the same classes, trained on renders; takes minutes.")
  boolean paper;

  @Override
  public Integer call() throws Exception {
    Path workspace =
        common.spec.commandLine().getParseResult().hasMatchedOption("--workspace")
            ? common.workspace
            : Path.of("anvil-demo");
    Showroom showroom = Main.showroom();
    World world = new World(WorldSpec.read(showroom.world()));
    RunContext context = common.context();
    try (Anvil anvil = common.open(workspace)) {
      if (paper) {
        return paper(anvil, workspace, context);
      }
      showroom.fit(anvil, context);
      StudyText text = StudyText.read(showroom.study());
      StudyResult exact = anvil.run(study(StudyText.read(showroom.exact())), context).result();
      StudyOutcome study = anvil.run(study(text), context);
      ReportData data =
          anvil.reportData(
              study.run(),
              new KnownTruth(PaperExperiments.truth(world, text.spec()), Optional.of(exact)));
      Path report = ReportFiles.write(data, workspace.resolve("report"));
      common.print(
          Map.of("report", report.toAbsolutePath().toString(), "effects", data.effects()),
          text(data, study.result())
              + "\nReport: "
              + report.toAbsolutePath()
              + "\nLook at it in the browser: ./anvil studio --workspace "
              + workspace);
      return 0;
    }
  }

  private int paper(Anvil anvil, Path workspace, RunContext context) throws IOException {
    Showroom showroom = Main.showroom();
    anvil.run(showroom.importing(), context);
    PaperResults results =
        new PaperExperiments(anvil, new PaperFiles(showroom), Showroom.NAME).run(context);
    Path report = Files.createDirectories(workspace.resolve("report")).resolve("paper.html");
    Files.writeString(report, new PaperPage(results, VersionCommand.version()).html());
    Map<String, Agreement> agreement = new FourWays(results).agreement();
    List<List<?>> rows = new ArrayList<>();
    agreement.forEach(
        (way, a) ->
            rows.add(
                List.of(
                    way,
                    a.effects(),
                    a.inside(),
                    Tables.cell("%.2f", a.slope()),
                    Tables.cell("%.1f %%", 100 * a.error()))));
    common.print(
        Map.of("report", report.toAbsolutePath().toString(), "ways", agreement),
        Tables.text(List.of("way", "contrasts", "hold the truth", "slope", "error"), rows)
            + "\nReport: "
            + report.toAbsolutePath());
    return 0;
  }

  private static StudyRequest study(StudyText text) {
    return new StudyRequest(StudyOnModel.of(text));
  }

  private static String text(ReportData data, StudyResult study) {
    List<List<String>> rows =
        data.effects().stream()
            .map(
                r ->
                    List.of(
                        r.effect().factor(),
                        r.effect().level(),
                        Tables.percent(r.effect().relative()),
                        Tables.cell("%+.1f %%", 100 * r.truth().orElseThrow()),
                        r.effect().verdict().words()))
            .toList();
    return Tables.text(List.of("factor", "level", "effect [95 %]", "truth", "verdict"), rows)
        + "%d creatives, %d pictures; the likes are simulated, so the true effects are known."
            .formatted(study.sources().size(), study.pictures());
  }
}
