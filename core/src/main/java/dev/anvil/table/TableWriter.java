package dev.anvil.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes tables, in one step: a file is there as a whole or as it was before.
 *
 * <p>Cells are texts, numbers, truth values and times; what is unknown is null or NaN, and empty in
 * the file. Equal rows give equal bytes.
 */
public final class TableWriter {
  /** What spreadsheets take for the beginning of a formula (OWASP, CSV injection). */
  private static final String FORMULA = "=+-@\t\r";

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.,]\\d+)*([eE][+-]?\\d+)?");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);

  private TableWriter() {}

  @FunctionalInterface
  private interface Writing {
    void to(Path file) throws IOException;
  }

  /**
   * Writes CSV (RFC 4180) in UTF-8. A text that a spreadsheet would run as a formula gets an
   * apostrophe before it; numbers stay numbers.
   *
   * @param file replaced when it exists; its folder is made when it does not
   * @param rows as many cells as there are columns
   */
  public static void csv(Path file, List<String> columns, Stream<? extends List<?>> rows)
      throws IOException {
    whole(
        file,
        partial -> {
          try (CsvWriter csv = CsvWriter.builder().build(partial)) {
            csv.writeRecord(columns.stream().map(TableWriter::text).toList());
            for (Iterator<? extends List<?>> i = rows.iterator(); i.hasNext(); ) {
              List<?> row = i.next();
              require(columns.size(), row);
              csv.writeRecord(row.stream().map(TableWriter::text).toList());
            }
          }
        });
  }

  /**
   * Writes Parquet, by DuckDB.
   *
   * @param file replaced when it exists; its folder is made when it does not
   * @param rows as many cells as there are columns, each of its column's type or null
   */
  public static void parquet(Path file, List<Column> columns, Stream<? extends List<?>> rows)
      throws IOException {
    whole(
        file,
        partial -> {
          try (Connection database = ParquetEngine.duckDb().connect();
              Statement statement = database.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute(
                columns.stream()
                    .map(Column::sql)
                    .collect(Collectors.joining(", ", "CREATE TABLE rows (", ")")));
            ParquetEngine.duckDb()
                .append(
                    database, "rows", rows.peek(row -> require(columns.size(), row)).iterator());
            statement.execute(
                "COPY rows TO '%s' (FORMAT parquet)"
                    .formatted(partial.toAbsolutePath().toString().replace("'", "''")));
          } catch (SQLException e) {
            throw new IOException("writing %s: %s".formatted(file, e.getMessage()), e);
          }
        });
  }

  private static void whole(Path file, Writing writing) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path partial = target.resolveSibling(file.getFileName() + ".partial");
    try {
      writing.to(partial);
      Files.move(
          partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void require(int columns, List<?> row) {
    if (row.size() != columns) {
      throw new IllegalArgumentException(
          "%d cells for %d columns: %s".formatted(row.size(), columns, row));
    }
  }

  private static String text(Object cell) {
    if (isUnknown(cell)) {
      return "";
    }
    if (cell instanceof LocalDateTime time) {
      return TIME.format(time);
    }
    String text = cell.toString();
    return cell instanceof CharSequence && isFormula(text) ? "'" + text : text;
  }

  /** A text as it was before {@link #csv} put an apostrophe before it. */
  public static String original(String cell) {
    return cell.startsWith("'") && isFormula(cell.substring(1)) ? cell.substring(1) : cell;
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty()
        && FORMULA.indexOf(text.charAt(0)) >= 0
        && !NUMBER.matcher(text).matches();
  }

  /** Whether a cell is to be empty in the file. */
  public static boolean isUnknown(Object cell) {
    return cell == null
        || (cell instanceof Double number && number.isNaN())
        || (cell instanceof Float single && single.isNaN());
  }

  /** A row of cells, of which those that are unknown are null. */
  public static List<Object> row(Object... cells) {
    return Arrays.asList(cells);
  }
}
