package dev.anvil.campaign.table;

import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.Problem;
import dev.anvil.campaign.table.RawTable.RawRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** Reads a sheet of an XLSX workbook: the one that is asked for, else the first with data. */
final class XlsxTable {
  private static final int LEAST_ROWS = 2;

  private final Path path;
  private final String file;
  private final Set<String> asked;

  private XlsxTable(Path path, Set<String> asked) {
    this.path = path;
    this.file = path.getFileName().toString();
    this.asked = asked;
  }

  static RawTable read(Path path, Optional<String> sheet, Set<String> asked) {
    return new XlsxTable(path, asked).read(sheet);
  }

  private RawTable read(Optional<String> wanted) {
    ReadingOptions options = new ReadingOptions(true, false);
    try (ReadableWorkbook workbook = new ReadableWorkbook(path.toFile(), options)) {
      List<Sheet> sheets = workbook.getSheets().toList();
      List<String> names = sheets.stream().map(Sheet::getName).toList();
      if (wanted.isPresent()) {
        Sheet sheet =
            sheets.stream()
                .filter(s -> s.getName().equals(wanted.get()))
                .findFirst()
                .orElseThrow(() -> noSuchSheet(wanted.get(), names));
        return table(rows(sheet), List.of());
      }
      for (Sheet sheet : sheets) {
        List<RawRow> rows = rows(sheet);
        if (rows.size() >= LEAST_ROWS) {
          return table(rows, said(sheet.getName(), names));
        }
      }
      throw new InvalidInputException(file, "has no sheet with data; expected one row per post");
    } catch (ExcelReaderException | IllegalArgumentException | IOException e) {
      throw new InvalidInputException(
          file,
          "cannot be read as XLSX (%s); save it again, or as CSV".formatted(e.getMessage()),
          e);
    }
  }

  private InvalidInputException noSuchSheet(String wanted, List<String> names) {
    return new InvalidInputException(
        List.of(
            new Problem(
                file,
                "has no sheet \"%s\"; found %s".formatted(wanted, String.join(", ", names)),
                Optional.of(new Mend("sheet", names.get(0))))));
  }

  private static List<String> said(String used, List<String> names) {
    return names.size() == 1
        ? List.of()
        : List.of(
            "sheet \"%s\" is read, the first with data of %s (--sheet NAME takes another)"
                .formatted(used, String.join(", ", names)));
  }

  private RawTable table(List<RawRow> rows, List<String> notes) {
    return new Grid(file, "row", rows, Optional.empty(), asked).table(notes);
  }

  private static List<RawRow> rows(Sheet sheet) throws IOException {
    List<RawRow> rows = new ArrayList<>();
    try (Stream<Row> stream = sheet.openStream()) {
      stream.forEach(
          row -> {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.getCellCount(); i++) {
              cells.add(row.getOptionalCell(i).map(XlsxTable::text).orElse(""));
            }
            rows.add(new RawRow(row.getRowNum(), cells));
          });
    }
    List<RawRow> known = rows.stream().filter(row -> !row.isBlank()).toList();
    int width = known.stream().mapToInt(row -> row.values().size()).max().orElse(0);
    return known.stream().map(row -> wide(row, width)).toList();
  }

  /** Sheets leave out empty cells at the end of a row. */
  private static RawRow wide(RawRow row, int width) {
    List<String> cells = new ArrayList<>(row.values());
    cells.addAll(Collections.nCopies(width - cells.size(), ""));
    return new RawRow(row.line(), cells);
  }

  /** A cell as text: dates as ISO, percentages with their sign, numbers in full. */
  private static String text(Cell cell) {
    if (cell.getType() == CellType.ERROR || cell.getType() == CellType.EMPTY) {
      return "";
    }
    if (cell.getType() == CellType.NUMBER || cell.getValue() instanceof BigDecimal) {
      return number(cell);
    }
    return Optional.ofNullable(cell.getText()).orElse("");
  }

  private static String number(Cell cell) {
    String format = Optional.ofNullable(cell.getDataFormatString()).orElse("General");
    BigDecimal value = cell.asNumber();
    if (isDate(format)) {
      LocalDateTime time = cell.asDate();
      return time == null ? value.toPlainString() : time.withNano(0).toString();
    }
    if (format.contains("%")) {
      return RawTable.number(value.movePointRight(2).stripTrailingZeros().toPlainString()) + "%";
    }
    // as Excel stores doubles: 17 digits, of which 15 are sure
    double number = value.doubleValue();
    return number == Math.rint(number) && Math.abs(number) < 1e18
        ? new BigDecimal(number).toPlainString()
        : RawTable.number(Double.toString(number));
  }

  private static boolean isDate(String format) {
    String bare = format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "");
    return bare.matches("(?i).*[ydh].*") && !bare.equalsIgnoreCase("General");
  }
}
