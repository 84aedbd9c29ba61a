package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.PlantOutcome;
import dev.anvil.engine.request.PlantRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.engine.request.StudyText;
import dev.anvil.study.PlantRunner;
import dev.anvil.study.spec.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plant",
    description = {
      "Add likes to posts with a characteristic, fit again, and see whether the model finds them.",
      "The variants of a study are scored before and after; docs/study.md says how to read it.",
      "Example: anvil plant study.yaml --factor colour --level red --factors 1,2,5"
    })
final class PlantCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "STUDY", description = "Study file (docs/study.md).")
  Path file;

  @Option(names = "--factor", required = true, description = "Factor of the study.")
  String factor;

  @Option(names = "--level", required = true, description = "Level that is planted.")
  String level;

  @Option(
      names = "--factors",
      split = ",",
      paramLabel = "K",
      description = "Times the mean metric that is added (default: ${DEFAULT-VALUE}).",
      defaultValue = "-1,-.5,.5,1,2,5")
  List<Double> times;

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE",
      description = "Plant in posts with this metadata (default: as the study's marks say).")
  Optional<String> where = Optional.empty();

  @Option(
      names = "--detect",
      paramLabel = "LABEL",
      description = "Plant in posts on which this element is found.")
  Optional<String> detect = Optional.empty();

  @Option(
      names = "--colour-near",
      paramLabel = "HEX",
      description = "Plant in posts whose element has about this colour.")
  Optional<String> colour = Optional.empty();

  @Option(
      names = "--text",
      paramLabel = "WORDS",
      description =
          "Plant in posts that look like this description; needs an encoder with a text tower.")
  Optional<String> text = Optional.empty();

  @Option(
      names = "--truth",
      paramLabel = "COLUMN=VALUE",
      description = "Metadata of posts that truly have it; precision and recall are told.")
  Optional<String> truth = Optional.empty();

  @Mixin SegmenterOptions segmenter;

  @Option(
      names = "--model",
      paramLabel = "RUN",
      description = "Run of the fit (default: the one in use).")
  Optional<Long> model = Optional.empty();

  @Override
  public Integer call() throws Exception {
    PlantRequest request =
        new PlantRequest(
            new StudyOnModel(StudyText.read(file), model, segmenter.choice()),
            new PlantRunner.Request(
                factor, level, mark(), truth.map(value -> condition("--truth", value)), times));
    try (Anvil anvil = common.open()) {
      PlantOutcome outcome = common.run(anvil, request);
      Path folder =
          Files.createDirectories(
              anvil.settings().workspace().resolve("runs").resolve(Long.toString(outcome.run())));
      PlantTables.write(outcome.result(), folder);
      common.print(
          outcome.result(), PlantTables.text(outcome.result()) + "\nFigures' data: " + folder);
      return 0;
    }
  }

  private Optional<Mark> mark() {
    List<Mark> marks = new ArrayList<>();
    where.ifPresent(value -> marks.add(condition("--where", value)));
    detect.ifPresent(label -> marks.add(Mark.element(label)));
    colour.ifPresent(hex -> marks.add(Mark.colour(hex)));
    text.ifPresent(words -> marks.add(Mark.text(words)));
    if (marks.size() > 1) {
      throw new InvalidInputException(
          "--where, --detect, --colour-near, --text",
          "found %d of them; expected one at most".formatted(marks.size()));
    }
    return marks.stream().findFirst();
  }

  private static Mark condition(String option, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new InvalidInputException(
          option, "found \"%s\"; expected COLUMN=VALUE".formatted(text));
    }
    return Mark.where(text.substring(0, equals), text.substring(equals + 1));
  }
}
