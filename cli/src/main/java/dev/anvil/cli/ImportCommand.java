package dev.anvil.cli;

import dev.anvil.campaign.ColumnMapping;
import dev.anvil.campaign.Formats;
import dev.anvil.campaign.Formats.RateUnit;
import dev.anvil.campaign.Growth;
import dev.anvil.campaign.format.DateOrder;
import dev.anvil.campaign.format.NumberStyle;
import dev.anvil.engine.Anvil;
import dev.anvil.engine.outcome.ImportGrowth;
import dev.anvil.engine.outcome.ImportHealth;
import dev.anvil.engine.outcome.ImportOutcome;
import dev.anvil.engine.outcome.ImportSummary;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.service.campaign.Imports;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Read posts (CSV, TSV, XLSX, JSON, Parquet) and their pictures.",
      "Columns are recognised by name, in English and six more languages;"
          + " formats by all cells of a column. Use the options for anything that is not"
          + " recognised. Excluded rows are listed with line and reason in quarantine.csv"
          + " in the workspace.",
      "The exit code is 3 if fewer than half of the rows can be used."
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin Common common;

  @Parameters(paramLabel = "POSTS", description = "File of posts, or a folder that contains one.")
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

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "Column of the time of posting, or none if posts have no dates.")
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
      description = "How to read 03/04/2017: ${COMPLETION-CANDIDATES}.")
  Optional<DateOrder> dates = Optional.empty();

  @Option(
      names = "--numbers",
      paramLabel = "STYLE",
      description = "How numbers are written: 1,234.5 or 1.234,5 (default: as the table shows).")
  Optional<String> numbers = Optional.empty();

  @Option(
      names = "--rates",
      paramLabel = "UNIT",
      description =
          "What a rate of 0.5 without a percent sign is: ${COMPLETION-CANDIDATES} (default: as"
              + " name, range and other columns show).")
  Optional<RateUnit> rates = Optional.empty();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "Time zone of the campaign, such as Europe/Berlin: times with a zone become its local"
              + " times (default: that of this machine).")
  Optional<ZoneId> zone = Optional.empty();

  @Option(
      names = "--sheet",
      paramLabel = "NAME",
      description = "Sheet of a workbook (default: the first with data).")
  Optional<String> sheet = Optional.empty();

  @Option(
      names = "--min-age",
      paramLabel = "DAYS",
      description =
          "Leave younger posts out of fits, as their likes still grow (default: 7; 0"
              + " keeps all).")
  Optional<Integer> minAge = Optional.empty();

  @Option(
      names = "--strict",
      description = "Refuse the whole table if a single row cannot be used.")
  boolean strict;

  @Option(
      names = "--append",
      description =
          "Add the rows to the campaign of that name: new posts, and newer values of"
              + " known posts (default: replace the campaign).")
  boolean append;

  @Option(
      names = "--complete",
      description =
          "With --append: the rows are all posts of the campaign. Known posts without a row were"
              + " deleted; they stay as history.")
  boolean complete;

  @Option(names = "--preview", description = "Show columns, formats and problems; write nothing.")
  boolean preview;

  @Override
  public Integer call() throws Exception {
    ColumnMapping columns = new ColumnMapping(id, picture, time, metrics, metadata, dates);
    Formats formats = new Formats(numbers.map(this::style), rates, zone, sheet, minAge);
    ImportRequest request =
        new ImportRequest(posts, pictures, columns, formats, strict, name, append, complete);
    if (preview) {
      ImportSummary summary = Imports.preview(request, common.context());
      common.print(summary, new ImportPage(summary).preview());
      return code(summary);
    }
    try (Anvil anvil = common.open()) {
      ImportOutcome outcome = common.run(anvil, request);
      ImportSummary summary = outcome.summary();
      ImportHealth health = outcome.health();
      Optional<String> quarantine =
          Optional.of(outcome.quarantine().toString()).filter(f -> summary.setAside() > 0);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("campaign", summary.campaign());
      json.put("posts", summary.posts());
      json.put("quarantined", health.quarantined());
      json.put("kinds", summary.kinds());
      json.put("columns", summary.columns());
      json.put("advice", summary.advice());
      json.put("causes", summary.causes());
      json.put("notes", summary.notes());
      json.put("warnings", health.warnings());
      outcome.growth().ifPresent(g -> json.put("growth", g));
      common.print(
          json,
          new ImportPage(summary).imported(quarantine)
              + outcome.growth().map(ImportCommand::grown).orElse(""));
      return code(summary);
    }
  }

  private static String grown(ImportGrowth growth) {
    String changes =
        growth.changedPictures().isEmpty()
            ? ""
            : " The picture of %s was replaced.".formatted(some(growth.changedPictures()));
    if (!growth.moved().isEmpty()) {
      changes += " Now of another account: %s.".formatted(some(growth.moved()));
    }
    if (!growth.late().isEmpty()) {
      changes +=
          (" %d values changed by more than 5 %% although old enough to be final (%s):"
                  + " import with a larger --min-age.")
              .formatted(
                  growth.late().size(),
                  some(growth.late().stream().map(Growth.Revision::post).distinct().toList()));
    }
    if (!growth.deleted().isEmpty()) {
      changes += " Deleted since then, and kept as history: %s.".formatted(some(growth.deleted()));
    }
    return ("%nAdded %d posts; revised %d values of known ones. The campaign now has %d"
            + " posts.%s")
        .formatted(growth.added().size(), growth.revised().size(), growth.posts(), changes);
  }

  private static String some(List<String> ids) {
    int shown = Math.min(3, ids.size());
    return String.join(", ", ids.subList(0, shown))
        + (ids.size() > shown ? " and %d more".formatted(ids.size() - shown) : "");
  }

  private static int code(ImportSummary summary) {
    return summary.mostlyUnusable() ? Main.INVALID_INPUT : 0;
  }

  private NumberStyle style(String written) {
    return Arrays.stream(NumberStyle.values())
        .filter(style -> style.example().equals(written))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    common.spec.commandLine(),
                    "--numbers is %s; expected 1,234.5 or 1.234,5".formatted(written)));
  }
}
