package dev.anvil.campaign;

import java.util.List;

/**
 * A file's rows as they are written, all of them text.
 *
 * @param file the file's name, for messages
 * @param unit what rows are counted in: {@code line} or {@code row}
 * @param columns distinct names in their order
 * @param warnings what was taken for granted while reading
 */
record RawTable(
    String file, String unit, List<String> columns, List<RawRow> rows, List<String> warnings) {
  RawTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  /**
   * One row.
   *
   * @param line where it begins, counted from 1
   * @param values as many as there are columns, unless the file is wrong there; unknown is ""
   */
  record RawRow(long line, List<String> values) {
    RawRow {
      values = List.copyOf(values);
    }
  }

  String where(RawRow row) {
    return file + " " + unit + " " + row.line();
  }

  /** Values of a column that are not blank, of the rows that have as many values as columns. */
  List<String> known(String column) {
    int index = columns.indexOf(column);
    return rows.stream()
        .filter(row -> row.values().size() == columns.size())
        .map(row -> row.values().get(index).strip())
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
