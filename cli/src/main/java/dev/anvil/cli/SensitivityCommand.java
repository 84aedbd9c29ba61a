package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.SensitivityOutcome;
import dev.anvil.engine.outcome.SensitivityOutcome.Variation;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.SensitivityRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sensitivity",
    description = {
      "Repeat a study with other folds, posts, regressors, encoders and editors, which should not"
          + " matter, and report how much of its effects remains. Writes a table and a plot."
    })
final class SensitivityCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "STUDY", description = "Study file (docs/study.md).")
  Path study;

  @Option(
      names = "--encoder",
      paramLabel = "PACK",
      split = ",",
      description = "Further encoders to fit and run the study with.")
  List<String> encoders = List.of();

  @Option(
      names = "--study",
      paramLabel = "FILE",
      split = ",",
      description = "Studies of the same factors and levels with other editors.")
  List<Path> others = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Folder to write into (default: sensitivity in the workspace).")
  Optional<Path> output = Optional.empty();

  @Mixin SegmenterOptions segmenter;

  @Mixin ModelOption model;

  @Override
  public Integer call() throws Exception {
    try (Anvil anvil = common.open()) {
      SensitivityOutcome outcome =
          common.run(
              anvil,
              new SensitivityRequest(
                  new StudyOnModel(
                      StudyTexts.read(study, common.err()), model.run, segmenter.choice()),
                  encoders.stream().map(EncoderChoice::parse).toList(),
                  others.stream().map(other -> StudyTexts.read(other, common.err())).toList()));
      List<Variation> variations = outcome.variations();
      Path folder = output.orElse(anvil.settings().workspace().resolve("sensitivity"));
      Files.createDirectories(folder);
      SensitivityPage.csv(variations, folder.resolve("sensitivity.csv"));
      Path page =
          Files.writeString(
              folder.resolve("sensitivity.html"),
              SensitivityPage.html(
                  "How much survives: " + outcome.study(),
                  StudyText.read(study).spec().smallestEffect(),
                  variations));
      common.print(
          Map.of("page", page.toString(), "varied", variations),
          SensitivityPage.text(variations) + "\nPlot: " + page.toAbsolutePath());
      return 0;
    }
  }
}
