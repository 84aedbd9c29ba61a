package dev.anvil.study.label;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.anvil.InvalidInputException;
import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A label file as it stands: ids and levels are kept to the letter, since they are looked up again.
 *
 * @param columns the first is {@code id}
 * @param rows as many cells as there are columns
 */
public record LabelTable(List<String> columns, List<List<String>> rows) {
  static final String ID = "id";

  /** Before anything is known. */
  public static final LabelTable EMPTY = new LabelTable(List.of(ID), List.of());

  public LabelTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Levels of one factor by post id. */
  public static LabelTable of(String factor, Map<String, String> levels) {
    List<List<String>> rows = new ArrayList<>();
    levels.forEach((id, level) -> rows.add(List.of(id, level)));
    return new LabelTable(List.of(ID, factor), rows);
  }

  /**
   * Reads a file, which {@link KnownLabels} has checked.
   *
   * @throws InvalidInputException when it cannot be read
   */
  public static LabelTable read(Path file) {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      List<NamedCsvRecord> records = reader.stream().toList();
      return records.isEmpty()
          ? EMPTY
          : new LabelTable(
              records.get(0).getHeader(),
              records.stream()
                  .map(r -> r.getFields().stream().map(TableWriter::original).toList())
                  .toList());
    } catch (IOException e) {
      throw new InvalidInputException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /** Writes CSV in UTF-8, in which no cell is a formula. */
  public void write(Path file) {
    try {
      TableWriter.csv(file, columns, rows.stream());
    } catch (IOException e) {
      throw new InvalidInputException(file.toString(), "cannot be written: " + e.getMessage());
    }
  }
}
