package dev.anvil.cli;

import dev.anvil.RunContext;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.StudyOutcome;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyRequest;
import dev.anvil.engine.request.StudyText;
import dev.anvil.engine.service.KnownTruth;
import dev.anvil.engine.service.ReportFiles;
import dev.anvil.report.ReportBuilder;
import dev.anvil.report.data.ReportData;
import dev.anvil.showroom.World;
import dev.anvil.showroom.WorldSpec;
import dev.anvil.study.StudyResult;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = {
      "Run the main job on the bundled campaign: a car maker's posts, whose true effects are known."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin Common common;

  @Override
  public Integer call() throws Exception {
    Path workspace =
        common.spec.commandLine().getParseResult().hasMatchedOption("--workspace")
            ? common.workspace
            : Path.of("anvil-demo");
    World world = new World(WorldSpec.read(Showroom.world()));
    RunContext context = common.context();
    try (Anvil anvil = common.open(workspace)) {
      Showroom.fit(anvil, context);
      StudyText text = StudyText.read(Showroom.study());
      StudyResult exact = anvil.run(study(StudyText.read(Showroom.exact())), context).result();
      StudyOutcome study = anvil.run(study(text), context);
      ReportData data =
          anvil.reportData(
              study.run(), new KnownTruth(truth(world, text.spec()), Optional.of(exact)));
      Path report = ReportFiles.write(data, workspace.resolve("report"));
      common.print(
          Map.of("report", report.toAbsolutePath().toString(), "effects", data.effects()),
          text(data, study.result()) + "\nReport: " + report.toAbsolutePath());
      return 0;
    }
  }

  private static StudyRequest study(StudyText text) {
    return new StudyRequest(StudyOnModel.of(text));
  }

  private static ReportBuilder.Truth truth(World world, StudySpec spec) {
    Map<String, Factor> factors =
        spec.factors().stream().collect(Collectors.toMap(Factor::name, Function.identity()));
    return effect ->
        OptionalDouble.of(
            effect.reference().equals(StudySpec.AVERAGE)
                ? world.effectAgainstAverage(
                    effect.factor(),
                    effect.level(),
                    List.copyOf(factors.get(effect.factor()).levels().keySet()))
                : world.effect(effect.factor(), effect.level(), effect.reference()));
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
