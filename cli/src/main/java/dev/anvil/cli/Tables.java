package dev.anvil.cli;

import dev.anvil.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Tables for a terminal, whose columns are as wide as what is in them. */
final class Tables {
  private static final int GAP = 2;

  private Tables() {}

  /**
   * The table as lines, each with its line separator.
   *
   * @param rows as many cells as there are heads; numbers as they shall be shown
   */
  static String text(List<String> heads, List<? extends List<?>> rows) {
    List<Text[]> lines = new ArrayList<>();
    lines.add(line(heads));
    rows.forEach(row -> lines.add(line(row)));
    Column[] columns = new Column[heads.size()];
    for (int c = 0; c < columns.length; c++) {
      int column = c;
      int width =
          lines.stream().mapToInt(line -> line[column].getCJKAdjustedLength()).max().orElseThrow();
      columns[c] = new Column(width + (c == 0 ? 0 : GAP), c == 0 ? 0 : GAP, Overflow.SPAN);
    }
    TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
    lines.forEach(table::addRowValues);
    return table.toString();
  }

  private static Text[] line(List<?> cells) {
    return cells.stream().map(cell -> Ansi.OFF.text(cell.toString())).toArray(Text[]::new);
  }

  /** A relative effect with its interval: {@code +1.2 % [-0.3, +2.7]}. */
  static String percent(Interval relative) {
    return cell(
        "%+.1f %% [%+.1f, %+.1f]",
        100 * relative.point(), 100 * relative.low(), 100 * relative.high());
  }

  /** A metric's value: whole where it is large, else with three digits. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 99.95 || value == 0) {
      return cell("%.0f", value);
    }
    int places = size < 1e-9 ? 12 : (int) Math.max(0, 2 - Math.floor(Math.log10(size)));
    String digits = cell("%." + places + "f", value);
    return digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
  }

  /** A cell by a format, the same in every country. */
  static String cell(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
