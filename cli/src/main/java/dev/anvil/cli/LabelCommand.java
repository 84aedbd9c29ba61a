package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.LabelOutcome;
import dev.anvil.engine.request.LabelRequest;
import dev.anvil.engine.request.StudyOnModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "label",
    description = {
      "Write a page on which you say which level some posts show (docs/label.md).",
      "A few hundred such labels make effects narrower and tell how often inferred labels err.",
      "The page is one file; it opens in a browser and sends nothing."
    })
final class LabelCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "STUDY", description = "Study file (docs/study.md).")
  Path file;

  @Option(
      names = "--factor",
      description = "Factor of the study whose levels are chosen from (default: its only one).")
  Optional<String> factor = Optional.empty();

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "Posts on the page, as many of each inferred label (default: ${DEFAULT-VALUE}).")
  int count = LabelRequest.COUNT;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "HTML",
      description = "The page (default: label.html beside the study).")
  Optional<Path> output = Optional.empty();

  @Mixin SegmenterOptions segmenter;

  @Mixin ModelOption model;

  @Override
  public Integer call() throws Exception {
    Path page = output.orElseGet(() -> file.resolveSibling("label.html"));
    try (Anvil anvil = common.open()) {
      StudyOnModel what =
          new StudyOnModel(StudyTexts.read(file, common.err()), model.run, segmenter.choice());
      LabelOutcome outcome = common.run(anvil, new LabelRequest(what, factor, count, page));
      common.print(outcome, text(outcome));
      return 0;
    }
  }

  private static String text(LabelOutcome outcome) {
    String known =
        outcome.known() > 0
            ? "%d posts are labelled in %s already; their rows stay in the file that the page gives you.%n"
                .formatted(outcome.known(), outcome.labelFile().orElseThrow())
            : "";
    String file =
        outcome
            .labelFile()
            .map(name -> "put it in the place of %s".formatted(name))
            .orElse("put it beside the study and add the line \"label_file: labels.csv\" to it");
    return ("Wrote %s: %d posts to be labelled by %s.%n"
            + "%s"
            + "Open it in a browser, label as many as you like, press Download, %s, and run the study again.")
        .formatted(outcome.page(), outcome.posts(), outcome.factor(), known, file);
  }
}
