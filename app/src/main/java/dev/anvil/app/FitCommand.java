package dev.anvil.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.report.Evaluation;
import dev.anvil.report.ModelReport;
import dev.anvil.stats.Interval;
import dev.anvil.workspace.Run;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
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

  @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random.")
  long seed = 1;

  @Override
  public Integer call() throws Exception {
    try (Session session = Session.open(common)) {
      segmenter.choice().ifPresent(session::use);
      Run run =
          Fitting.run(
              session,
              new Fitting.Request(
                  metric, since.map(LocalDate::atStartOfDay), element, paper, blend, seed));
      String json = session.workspace().artefacts().json(run.id(), Fitting.REPORT).orElseThrow();
      ModelReport report = Session.json().readValue(json, ModelReport.class);
      JsonNode table = Session.json().valueToTree(report.model());
      common.print(table, table(report));
      return 0;
    }
  }

  static String table(ModelReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format("%-38s %-9s %-18s %-18s %-18s%n", "regressor", "split", "RMSE", "R2", "MAE"));
    for (Evaluation row : report.model().evaluations()) {
      text.append(
          String.format(
              "%-38s %-9s %-18s %-18s %-18s%n",
              row.regressor(), row.split(), show(row.rmse()), show(row.r2()), show(row.mae())));
    }
    report
        .model()
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

  private static String show(Interval i) {
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", i.point(), i.low(), i.high());
  }
}
