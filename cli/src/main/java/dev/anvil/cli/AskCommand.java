package dev.anvil.cli;

import dev.anvil.ask.Answer;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.AskOutcome;
import dev.anvil.engine.request.AskRequest;
import dev.anvil.stats.Interval;
import dev.anvil.study.effect.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ask",
    description = {
      "Compare two descriptions in words: the predicted effect of a picture being more like the"
          + " first than like the second.",
      "Answers only if words distinguish this campaign's pictures (docs/ask.md)."
    })
final class AskCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(index = "0", paramLabel = "FIRST", description = "For example \"a red car\".")
  String first;

  @Parameters(index = "1", paramLabel = "SECOND", description = "For example \"a blue car\".")
  String second;

  @Option(
      names = "--sentences",
      paramLabel = "FILE",
      description =
          "CSV with a column id and captions or tags (default: the campaign's column caption, else"
              + " what the bundled detector finds).")
  Optional<Path> sentences = Optional.empty();

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description = "Columns of that file to use (default: all).")
  List<String> columns = List.of();

  @Mixin ModelOption model;

  @Override
  public Integer call() throws Exception {
    try (Anvil anvil = common.open()) {
      AskOutcome answered =
          common.run(anvil, new AskRequest(model.run, first, second, sentences, columns));
      common.print(answered, text(answered));
      return answered.answer().effect().isPresent() ? 0 : 1;
    }
  }

  private static String text(AskOutcome answered) {
    Answer a = answered.answer();
    StringBuilder text = new StringBuilder();
    text.append(
        a.effect()
            .map(e -> effect(a, e))
            .orElseGet(() -> "Not answered: %s.%n".formatted(String.join("; ", a.refusals()))));
    text.append(
        String.format(
            Locale.ROOT,
            "Words: %s.%n  right picture of two held-out ones %s (chance 0.50)%n  scores"
                + " of sentences with scores of pictures, rank correlation %s%n  share of the"
                + " question that the sentences mention: %.0f %%%n",
            answered.words(),
            show(a.retrieval()),
            show(a.trust()),
            100 * a.known()));
    text.append(
        "  most like \"%s\": posts %s; most like \"%s\": %s%n"
            .formatted(
                a.first(),
                String.join(", ", a.likeFirst()),
                a.second(),
                String.join(", ", a.likeSecond())));
    return text
        + "These are effects on the model's prediction, usually too small, and not"
        + " tested on people. Words that always occur together cannot be separated; a"
        + " study of edits can separate them.";
  }

  private static String effect(Answer a, Effect e) {
    return String.format(
        Locale.ROOT,
        "\"%s\" rather than \"%s\": %+.1f %% [%+.1f, %+.1f], p %.3f, %s%n",
        a.first(),
        a.second(),
        100 * e.relative().point(),
        100 * e.relative().low(),
        100 * e.relative().high(),
        e.p(),
        e.verdict().words());
  }

  private static String show(Interval interval) {
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f]", interval.point(), interval.low(), interval.high());
  }
}
