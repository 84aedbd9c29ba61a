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
      "Write a page for labelling some posts by hand (docs/label.md).",
      "A few hundred labels make intervals narrower and measure the error rate of"
          + " inferred labels.",
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
          "Number of posts on the page, equally many of each inferred label (default:"
              + " ${DEFAULT-VALUE}).")
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
            ? ("%d posts are already labelled in %s; the file that you download keeps their"
                    + " rows.%n")
                .formatted(outcome.known(), outcome.labelFile().orElseThrow())
            : "";
    String file =
        outcome
            .labelFile()
            .map(name -> "replace %s with it".formatted(name))
            .orElse("put it beside the study and add the line \"label_file: labels.csv\" to it");
    return ("Wrote %s: %d posts to label by %s.%n%sOpen it in a browser, label as many"
            + " as you like, press Download, %s, and run the study again.")
        .formatted(outcome.page(), outcome.posts(), outcome.factor(), known, file);
  }
}
