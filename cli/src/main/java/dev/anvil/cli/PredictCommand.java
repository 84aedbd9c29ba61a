package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.PredictOutcome;
import dev.anvil.engine.outcome.PredictOutcome.Prediction;
import dev.anvil.engine.request.PredictRequest;
import dev.anvil.stats.Interval;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    aliases = "score",
    description = {
      "Predict the metric of new pictures, with the interval that fit measured.",
      "A picture unlike all training posts is ranked, but gets no number."
    })
final class PredictCommand implements Callable<Integer> {
  private static final int LIKE = 3;

  @Mixin Common common;

  @Parameters(arity = "1..*", paramLabel = "PICTURE", description = "Pictures to score.")
  List<Path> pictures;

  @Option(
      names = "--set",
      paramLabel = "COLUMN=VALUE",
      description = "Metadata of the posts, such as channel=instagram.")
  Map<String, String> metadata = Map.of();

  @Mixin ModelOption model;

  @Option(
      names = "--at",
      paramLabel = "DATE",
      converter = TimeOption.class,
      description =
          "Time of posting, such as 2026-11-29 or 2026-11-29T18:00; a time with a zone"
              + " (+02:00) is converted to this machine's, as at import (default: the time of"
              + " the last post).")
  Optional<LocalDateTime> at = Optional.empty();

  @Option(
      names = "--usual",
      paramLabel = "N",
      description =
          "Usual metric of this account, for a model of several accounts (fit --group)"
              + " that does not know it.")
  Optional<Double> usual = Optional.empty();

  @Override
  public Integer call() throws Exception {
    try (Anvil anvil = common.open()) {
      PredictOutcome outcome =
          common.run(anvil, new PredictRequest(model.run, pictures, metadata, at, usual));
      common.print(outcome, text(outcome));
      return 0;
    }
  }

  static String text(PredictOutcome outcome) {
    List<List<String>> rows =
        outcome.predictions().stream()
            .sorted(Comparator.comparingInt(Prediction::rank))
            .map(p -> row(p, outcome.predictions().size()))
            .toList();
    Optional<Interval> any =
        outcome.predictions().stream().flatMap(p -> p.interval().stream()).findFirst();
    String unit = outcome.isRelative() ? "times the usual " + outcome.metric() : outcome.metric();
    List<String> heads = new ArrayList<>(List.of("picture", unit));
    heads.add(any.map(i -> Tables.cell("%.0f %% interval", 100 * i.level())).orElse("interval"));
    heads.add("most alike posts");
    if (rows.get(0).size() > heads.size()) {
      heads.add(0, "rank");
    }
    StringBuilder text = new StringBuilder(Tables.text(heads, rows));
    text.append(
        "Expected %s%s, from %d posts."
            .formatted(
                unit,
                outcome.at().map(t -> " if posted on " + t.toString().replace('T', ' ')).orElse(""),
                outcome.posts()));
    if (any.isEmpty() && outcome.predictions().stream().anyMatch(p -> !p.likeness().unlike())) {
      text.append(" The training posts are too few for an interval.");
    }
    outcome.notes().forEach(note -> text.append(System.lineSeparator()).append(note));
    return text.toString();
  }

  private static List<String> row(Prediction p, int pictures) {
    List<String> row = new ArrayList<>();
    if (pictures > 1) {
      row.add(Integer.toString(p.rank()));
    }
    row.add(p.picture());
    if (p.likeness().unlike()) {
      row.add("not claimed");
      row.add("unlike all training posts");
    } else {
      row.add(Tables.number(p.metric()));
      row.add(
          p.interval()
              .map(i -> Tables.number(i.low()) + " to " + Tables.number(i.high()))
              .orElse("-"));
    }
    row.add(
        p.likeness().nearest().stream()
            .limit(LIKE)
            .map(n -> n.picture() + " " + Tables.number(n.metric()))
            .collect(Collectors.joining(", ")));
    return row;
  }
}
