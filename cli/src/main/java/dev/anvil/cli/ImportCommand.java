package dev.anvil.cli;

import dev.anvil.campaign.ColumnMapping;
import dev.anvil.campaign.DateOrder;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.ImportHealth;
import dev.anvil.engine.outcome.ImportOutcome;
import dev.anvil.engine.request.ImportRequest;
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
    name = "import",
    description = {
      "Read posts (CSV, TSV, JSON, Parquet) and their pictures.",
      "Columns are recognised by name; the options say what is not. Rows that cannot be used are"
          + " listed with line and reason in quarantine.csv in the workspace."
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "POSTS", description = "File of posts, or a folder that has one.")
  Path posts;

  @Option(
      names = "--pictures",
      paramLabel = "FOLDER",
      description = "Folder of the pictures (default: beside the posts).")
  Optional<Path> pictures = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the campaign (default: that of the file).")
  Optional<String> name = Optional.empty();

  @Option(names = "--id", paramLabel = "COLUMN", description = "Column of the post's id.")
  Optional<String> id = Optional.empty();

  @Option(names = "--picture", paramLabel = "COLUMN", description = "Column of the picture's file.")
  Optional<String> picture = Optional.empty();

  @Option(names = "--time", paramLabel = "COLUMN", description = "Column of the time of posting.")
  Optional<String> time = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "COLUMN",
      description = "Column of a metric; may be repeated.")
  List<String> metrics = List.of();

  @Option(
      names = "--metadata",
      paramLabel = "COLUMN",
      description = "Column of metadata; may be repeated (default: all others).")
  List<String> metadata = List.of();

  @Option(
      names = "--dates",
      paramLabel = "ORDER",
      description = "How 03/04/2017 is meant: ${COMPLETION-CANDIDATES}.")
  Optional<DateOrder> dates = Optional.empty();

  @Option(names = "--strict", description = "Refuse everything when a single row cannot be used.")
  boolean strict;

  @Override
  public Integer call() throws Exception {
    ColumnMapping columns = new ColumnMapping(id, picture, time, metrics, metadata, dates);
    try (Anvil anvil = common.open()) {
      ImportOutcome outcome =
          common.run(anvil, new ImportRequest(posts, pictures, columns, strict, name));
      StringBuilder text =
          new StringBuilder(
              "Imported %d posts of \"%s\" (%s to %s), metrics %s"
                  .formatted(
                      outcome.posts(),
                      outcome.campaign(),
                      outcome.first().map(LocalDateTime::toLocalDate).orElse(null),
                      outcome.last().map(LocalDateTime::toLocalDate).orElse(null),
                      outcome.columns().metrics().stream()
                          .map(metric -> metric + " (" + kind(outcome, metric) + ")")
                          .toList()));
      ImportHealth health = outcome.health();
      if (!health.quarantined().isEmpty()) {
        text.append(
            "%n%d rows were set aside; lines and reasons in %s"
                .formatted(health.quarantined().size(), outcome.quarantine()));
      }
      health.warnings().forEach(w -> text.append(System.lineSeparator()).append(w));
      common.print(
          Map.of(
              "campaign", outcome.campaign(),
              "posts", outcome.posts(),
              "quarantined", health.quarantined(),
              "kinds", outcome.kinds(),
              "columns", outcome.columns(),
              "warnings", health.warnings()),
          text.toString());
      return 0;
    }
  }

  private static String kind(ImportOutcome outcome, String metric) {
    return outcome.kinds().get(metric).name().toLowerCase(Locale.ROOT);
  }
}
