package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.Problem;
import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of reading a campaign.
 *
 * @param campaign the posts that can be used, at least one
 * @param columns what each column was read as
 * @param header all of the file's columns
 * @param examples column to its first known value
 * @param quarantined rows that cannot be used, in the file's order
 * @param causes why rows cannot be used: one for all rows with the same cause, with examples
 * @param notes how the table was read and what is unusual, no obstacle
 */
public record ReadReport(
    Campaign campaign,
    Columns columns,
    List<String> header,
    Map<String, String> examples,
    List<Quarantined> quarantined,
    List<Problem> causes,
    List<Note> notes) {
  /** Name of the file of rows that cannot be used. */
  public static final String QUARANTINE = "quarantine.csv";

  public ReadReport {
    requireNonNull(campaign, "campaign is null");
    requireNonNull(columns, "columns is null");
    header = List.copyOf(header);
    examples = Map.copyOf(examples);
    quarantined = List.copyOf(quarantined);
    causes = List.copyOf(causes);
    notes = List.copyOf(notes);
  }

  /** Notes without what would have it otherwise. */
  public List<String> warnings() {
    return notes.stream().map(Note::text).toList();
  }

  /** Whether less than half of the rows that should be posts can be used. */
  public boolean isMostlyUnusable() {
    return campaign.posts().size() < quarantined.size();
  }

  /** The same with more to say. */
  public ReadReport saying(List<String> sentences) {
    List<Note> more = new ArrayList<>(notes);
    sentences.forEach(sentence -> more.add(Note.of(sentence)));
    return new ReadReport(campaign, columns, header, examples, quarantined, causes, more);
  }

  /** The same campaign under another name. */
  public ReadReport named(String name) {
    return new ReadReport(
        campaign.named(name), columns, header, examples, quarantined, causes, notes);
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
