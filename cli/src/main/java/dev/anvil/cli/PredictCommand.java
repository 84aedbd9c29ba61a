package dev.anvil.cli;

import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.PredictOutcome;
import dev.anvil.engine.request.PredictRequest;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    description = {
      "Predict the metric of new pictures if they were posted now.",
      "The range is over the refits; the report shows how single posts scatter."
    })
final class PredictCommand implements Callable<Integer> {
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
      paramLabel = "TIME",
      description = "When they are posted, such as 2026-11-29T18:00 (default: now).")
  Optional<LocalDateTime> at = Optional.empty();

  @Override
  public Integer call() throws Exception {
    try (Anvil anvil = common.open()) {
      PredictOutcome outcome =
          common.run(anvil, new PredictRequest(model.run, pictures, metadata, at));
      StringBuilder text = new StringBuilder();
      for (PredictOutcome.Prediction p : outcome.predictions()) {
        text.append(
            String.format(
                Locale.ROOT,
                "%s: %.0f %s expected (refits %.0f to %.0f)%n",
                p.picture(),
                p.metric(),
                outcome.metric(),
                p.low(),
                p.high()));
      }
      common.print(outcome.predictions(), text.toString().stripTrailing());
      return 0;
    }
  }
}
