package dev.anvil.report;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.table.Column;
import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes embeddings as CSV or Parquet, with the columns {@code kind}, {@code name} and one for each
 * number; or as NumPy's {@code .npy}, the numbers alone. What is unknown is empty, NaN in {@code
 * .npy}.
 */
public final class EmbeddingTable {
  private static final String EXPECTED = "found \"%s\"; expected .csv, .parquet or .npy";

  private EmbeddingTable() {}

  /**
   * An embedding.
   *
   * @param kind {@code picture} or {@code text}
   * @param name the picture's file or post, or the text
   * @param values one for each column, NaN where unknown
   */
  public record Row(String kind, String name, float[] values) {
    public Row {
      requireNonNull(kind, "kind is null");
      requireNonNull(name, "name is null");
      requireNonNull(values, "values is null");
    }
  }

  /**
   * Refuses a file of another format, before anything is computed for it.
   *
   * @throws InvalidInputException when its name does not end in a known way
   */
  public static void requireFormat(Path file) {
    if (!List.of("csv", "parquet", "npy").contains(format(file))) {
      throw new InvalidInputException(file.toString(), EXPECTED.formatted(format(file)));
    }
  }

  /**
   * Writes the rows, replacing a file that exists.
   *
   * @param columns names of the numbers
   */
  public static void write(Path file, List<String> columns, List<Row> rows) throws IOException {
    requireFormat(file);
    if (format(file).equals("npy")) {
      Files.write(file, npy(columns.size(), rows));
      return;
    }
    List<Column> all = new ArrayList<>();
    all.add(new Column("kind", Column.Type.TEXT));
    all.add(new Column("name", Column.Type.TEXT));
    columns.forEach(name -> all.add(new Column(name, Column.Type.SINGLE)));
    if (format(file).equals("csv")) {
      TableWriter.csv(
          file, all.stream().map(Column::name).toList(), rows.stream().map(EmbeddingTable::cells));
    } else {
      TableWriter.parquet(file, all, rows.stream().map(EmbeddingTable::cells));
    }
  }

  private static List<Object> cells(Row row) {
    List<Object> cells = new ArrayList<>(row.values().length + 2);
    cells.add(row.kind());
    cells.add(row.name());
    for (float value : row.values()) {
      cells.add(value);
    }
    return cells;
  }

  /** NumPy's format 1.0: a header padded to 64 bytes, then little-endian float32 in rows. */
  private static byte[] npy(int columns, List<Row> rows) {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(rows.size(), columns);
    int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
    byte[] text =
        (header + " ".repeat(length - header.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(
                Math.addExact(10 + length, Math.multiplyExact(rows.size() * Float.BYTES, columns)))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) 1).put((byte) 0).putShort((short) length).put(text);
    for (Row row : rows) {
      for (float value : row.values()) {
        out.putFloat(value);
      }
    }
    return out.array();
  }

  private static String format(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
