package dev.anvil.cli;

import dev.anvil.campaign.Columns;
import dev.anvil.campaign.Note;
import dev.anvil.engine.outcome.ImportSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows how a table was read, or would be. */
final class ImportPage {
  private static final int LONGEST = 32;

  private final ImportSummary summary;
  private final StringBuilder text = new StringBuilder();

  ImportPage(ImportSummary summary) {
    this.summary = summary;
  }

  /** The columns, what they were taken for, and all that is to be said. */
  String preview() {
    line("%d posts of \"%s\"%s".formatted(summary.posts(), summary.campaign(), period()));
    line("");
    text.append(Tables.text(List.of("column", "read as", "first value"), columns()));
    line("");
    metric();
    said();
    line("Nothing was written.");
    return text.toString().stripTrailing();
  }

  /**
   * What was imported, in short.
   *
   * @param quarantine where the rows that cannot be used are listed
   */
  String imported(Optional<String> quarantine) {
    line(
        "Imported %d posts of \"%s\"%s, metrics %s"
            .formatted(
                summary.posts(),
                summary.campaign(),
                period(),
                summary.columns().metrics().stream().map(m -> m + " (" + kind(m) + ")").toList()));
    metric();
    said();
    quarantine.ifPresent(file -> line("All excluded rows: " + file));
    return text.toString().stripTrailing();
  }

  private String period() {
    return summary
        .first()
        .flatMap(
            first ->
                summary
                    .last()
                    .map(last -> " (%s to %s)".formatted(first.toLocalDate(), last.toLocalDate())))
        .orElse(" (without dates)");
  }

  private void metric() {
    summary
        .advice()
        .metric()
        .ifPresent(
            metric ->
                line(
                    summary.columns().metrics().size() == 1
                        ? "Fits explain %s.".formatted(metric)
                        : "Fits explain %s unless --metric names another.".formatted(metric)));
  }

  private void said() {
    for (Note note : summary.notes()) {
      line("- " + note.text() + Mends.option(note.mend()));
    }
    if (summary.setAside() > 0) {
      line("%d of %d rows cannot be used:".formatted(summary.setAside(), rows()));
      summary.causes().forEach(cause -> line("- " + Mends.text(cause)));
    }
    if (summary.mostlyUnusable()) {
      line("Fewer than half of the rows can be used. Fix the causes above and import" + " again.");
    }
  }

  private int rows() {
    return summary.posts() + summary.setAside();
  }

  private List<List<String>> columns() {
    List<List<String>> rows = new ArrayList<>();
    for (String column : summary.header()) {
      rows.add(
          List.of(
              shortened(column),
              role(column),
              shortened(summary.examples().getOrDefault(column, ""))));
    }
    return rows;
  }

  private String role(String column) {
    Columns columns = summary.columns();
    if (columns.picture().equals(column)) {
      return "picture";
    }
    if (columns.time().filter(column::equals).isPresent()) {
      return "time";
    }
    if (columns.id().filter(column::equals).isPresent()) {
      return "id";
    }
    if (columns.metrics().contains(column)) {
      return "metric, " + kind(column);
    }
    String metadata = columns.metadata().contains(column) ? "metadata" : "not used";
    if (summary.advice().group().filter(column::equals).isPresent()) {
      return metadata + ", suggested group";
    }
    return metadata;
  }

  private String kind(String metric) {
    return summary.kinds().get(metric).name().toLowerCase(Locale.ROOT);
  }

  private static String shortened(String value) {
    String line = value.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }
}
