package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.PlantOutcome;
import dev.anvil.engine.request.PlantRequest;
import dev.anvil.engine.request.StudyOnModel;
import dev.anvil.study.PlantRunner;
import dev.anvil.study.spec.LabelRule;
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
      "Plant an effect of known size in posts with a level, fit again, and measure"
          + " how much of it is recovered.",
      "The variants of a study are scored before and after (docs/study.md).",
      "Example: anvil plant study.yaml --factor colour --level red --factors 1,2,5"
    })
final class PlantCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "STUDY", description = "Study file (docs/study.md).")
  Path file;

  @Option(names = "--factor", required = true, description = "Factor of the study.")
  String factor;

  @Option(names = "--level", required = true, description = "Level to plant.")
  String level;

  @Option(
      names = "--factors",
      split = ",",
      paramLabel = "K",
      description = "Sizes to plant, in multiples of the mean metric (default: ${DEFAULT-VALUE}).",
      defaultValue = "-1,-.5,.5,1,2,5")
  List<Double> times;

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE",
      description = "Plant in posts with this metadata (default: the study's label rules).")
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
          "Plant in posts that match this description; needs an encoder with a text tower.")
  Optional<String> text = Optional.empty();

  @Option(
      names = "--truth",
      paramLabel = "COLUMN=VALUE",
      description = "Metadata of posts that truly have the level, to measure precision and recall.")
  Optional<String> truth = Optional.empty();

  @Mixin SegmenterOptions segmenter;

  @Mixin ModelOption model;

  @Override
  public Integer call() throws Exception {
    PlantRequest request =
        new PlantRequest(
            new StudyOnModel(StudyTexts.read(file, common.err()), model.run, segmenter.choice()),
            new PlantRunner.Request(
                factor, level, rule(), truth.map(value -> condition("--truth", value)), times));
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

  private Optional<LabelRule> rule() {
    List<LabelRule> rules = new ArrayList<>();
    where.ifPresent(value -> rules.add(condition("--where", value)));
    detect.ifPresent(label -> rules.add(LabelRule.element(label)));
    colour.ifPresent(hex -> rules.add(LabelRule.colour(hex)));
    text.ifPresent(words -> rules.add(LabelRule.text(words)));
    if (rules.size() > 1) {
      throw new InvalidInputException(
          "--where, --detect, --colour-near, --text",
          "found %d of them; expected one at most".formatted(rules.size()));
    }
    return rules.stream().findFirst();
  }

  private static LabelRule condition(String option, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new InvalidInputException(
          option, "found \"%s\"; expected COLUMN=VALUE".formatted(text));
    }
    return LabelRule.where(text.substring(0, equals), text.substring(equals + 1));
  }
}
