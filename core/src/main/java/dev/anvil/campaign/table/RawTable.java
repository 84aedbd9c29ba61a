package dev.anvil.campaign.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file's rows as they are written, all of them text.
 *
 * @param file the file's name, for messages
 * @param unit what rows are counted in: {@code line} or {@code row}
 * @param columns distinct names in their order
 * @param notes what was taken for granted while reading
 * @param preamble what stands above the header
 * @param delimiter between the values of a line, where the file has lines
 */
public record RawTable(
    String file,
    String unit,
    List<String> columns,
    List<RawRow> rows,
    List<String> notes,
    List<String> preamble,
    Optional<Character> delimiter) {
  private static final Pattern LIKE_THOUSANDS = Pattern.compile("-?\\d{1,3}\\.\\d{3}");

  public RawTable {
    requireNonNull(file, "file is null");
    requireNonNull(unit, "unit is null");
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
    preamble = List.copyOf(preamble);
    requireNonNull(delimiter, "delimiter is null");
  }

  /** A table of objects, which has neither a preamble nor a delimiter. */
  static RawTable of(String file, String unit, List<String> columns, List<RawRow> rows) {
    return new RawTable(file, unit, columns, rows, List.of(), List.of(), Optional.empty());
  }

  /**
   * One row.
   *
   * @param line where it begins, counted from 1
   * @param values as many as there are columns, unless the file is wrong there; unknown is ""
   */
  public record RawRow(long line, List<String> values) {
    public RawRow {
      values = List.copyOf(values);
    }

    /** Whether no value is known. */
    boolean isBlank() {
      return values.stream().allMatch(String::isBlank);
    }
  }

  /**
   * The text of a number that a file holds as such, written so that its point cannot be taken for
   * one that groups thousands.
   */
  static String number(String plain) {
    return LIKE_THOUSANDS.matcher(plain).matches() ? plain + "0" : plain;
  }

  public String where(RawRow row) {
    return file + " " + unit + " " + row.line();
  }

  /** The same columns with other rows. */
  public RawTable with(List<RawRow> others) {
    return new RawTable(file, unit, columns, others, notes, preamble, delimiter);
  }

  /** A row's value in a column; "" when the row is too short. */
  public String value(RawRow row, String column) {
    int index = columns.indexOf(column);
    return index < row.values().size() ? row.values().get(index).strip() : "";
  }

  /** Values of a column that are not blank, of the rows that have as many values as columns. */
  public List<String> known(String column) {
    int index = columns.indexOf(column);
    return rows.stream()
        .filter(row -> row.values().size() == columns.size())
        .map(row -> row.values().get(index).strip())
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
