package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a campaign.
 *
 * @param campaign the posts that can be used, at least one
 * @param columns what each column was read as
 * @param header all of the file's columns
 * @param quarantined rows that cannot be used, in the file's order
 * @param warnings what is unusual and no obstacle
 */
public record ReadReport(
    Campaign campaign,
    Columns columns,
    List<String> header,
    List<Quarantined> quarantined,
    List<String> warnings) {
  /** Name of the file of rows that cannot be used. */
  public static final String QUARANTINE = "quarantine.csv";

  public ReadReport {
    requireNonNull(campaign, "campaign is null");
    requireNonNull(columns, "columns is null");
    header = List.copyOf(header);
    quarantined = List.copyOf(quarantined);
    warnings = List.copyOf(warnings);
  }

  /**
   * Writes the quarantined rows with their lines and reasons as {@value #QUARANTINE}, or removes
   * that file when there are none.
   *
   * @return the file, when there are any
   */
  public Optional<Path> writeQuarantine(Path folder) throws IOException {
    Path file = folder.resolve(QUARANTINE);
    if (quarantined.isEmpty()) {
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>(List.of("line", "reasons"));
    columns.addAll(header);
    TableWriter.csv(file, columns, quarantined.stream().map(ReadReport::cells));
    return Optional.of(file);
  }

  private static List<Object> cells(Quarantined row) {
    List<Object> cells = new ArrayList<>(List.of(row.line(), String.join(" | ", row.reasons())));
    cells.addAll(row.values());
    return cells;
  }
}
