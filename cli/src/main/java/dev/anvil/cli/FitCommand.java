package dev.anvil.cli;

import dev.anvil.report.data.ModelResult;
import dev.anvil.store.Run;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fit",
    description = {
      "Find the elements of the pictures, encode them, fit the model and say how well it predicts."
    })
final class FitCommand implements Callable<Integer> {
  @Mixin Common common;

  @Mixin SegmenterOptions segmenter;

  @Option(names = "--metric", paramLabel = "NAME", description = "Metric (default: the first).")
  Optional<String> metric = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "Leave earlier posts, the ramp-up, out of fitting (default: a suggested date).")
  Optional<LocalDate> since = Optional.empty();

  @Option(
      names = "--element",
      paramLabel = "LABEL",
      split = ",",
      description = "Labels of the main element (default: the most frequent).")
  List<String> element = List.of();

  @Option(
      names = "--paper",
      description = "Evaluate the paper's 1000 trees of depth 7 too; takes minutes.")
  boolean paper;

  @Option(
      names = "--blend",
      description = "Consider a blend of ridge and trees too; takes minutes.")
  boolean blend;

  @Option(
      names = "--baselines",
      description =
          "Evaluate a random forest, an MLP and regressors on tags alone too, and say what tags"
              + " are worth; takes minutes.")
  boolean baselines;

  @Option(
      names = "--tones",
      description =
          "Let colour casts over whole pictures count. Otherwise they are taken out of what the"
              + " model sees, lest it take one for another setting.")
  boolean tones;

  @Option(
      names = "--encoder",
      paramLabel = "PACK",
      split = ",",
      description =
          "Model pack whose encoder looks at the pictures (default: ${DEFAULT-VALUE}); with"
              + " several, each is fitted and compared. PACK:scores takes a classifier as it is.",
      defaultValue = Session.PACK)
  List<String> encoders;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random.")
  long seed = 1;

  @Override
  public Integer call() throws Exception {
    try (Session session = Session.open(common)) {
      segmenter.choice().ifPresent(session::use);
      List<EncoderChoice> choices = encoders.stream().map(EncoderChoice::parse).distinct().toList();
      for (EncoderChoice encoder : choices) {
        session.use(encoder);
        session.encoder(); // refused now, not after the fits before it
      }
      List<EncoderTable.Row> rows = new ArrayList<>();
      for (EncoderChoice encoder : choices) {
        Run run =
            Fitting.run(
                session,
                new Fitting.Request(
                    metric,
                    since.map(LocalDate::atStartOfDay),
                    element,
                    paper,
                    blend,
                    baselines,
                    tones,
                    encoder,
                    seed));
        rows.add(EncoderTable.Row.of(encoder, run, Fitting.report(session, run).model()));
      }
      String tags = baselines ? Baselines.written(session, rows.get(0).run()) : "";
      if (rows.size() == 1) {
        common.print(rows.get(0).model(), table(rows.get(0).model()) + tags);
      } else {
        session.choose(EncoderTable.best(rows).run());
        common.print(
            Map.of("fits", rows, "used", EncoderTable.best(rows).run()),
            EncoderTable.text(rows) + tags);
      }
      return 0;
    }
  }

  static String table(ModelResult model) {
    StringBuilder text =
        new StringBuilder(
            Tables.text(
                List.of("regressor", "split", "RMSE", "R2", "MAE"),
                model.evaluations().stream()
                    .map(
                        row ->
                            List.of(
                                row.regressor(),
                                row.split(),
                                EncoderTable.show(row.rmse()),
                                EncoderTable.show(row.r2()),
                                EncoderTable.show(row.mae())))
                    .toList()));
    model
        .coverage()
        .ifPresent(
            c ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "Prediction intervals of %.0f %% held %.0f %% of the newest %d posts.",
                        100 * c.aim(),
                        100 * c.achieved(),
                        c.posts())));
    return text.toString();
  }
}
