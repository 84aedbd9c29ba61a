package dev.anvil.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.anvil.InvalidInputException;
import dev.anvil.Sha256;
import dev.anvil.report.EmbeddingTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTableTest {
  private static final List<String> COLUMNS = List.of("whole.0", "whole.1", "element.0");
  private static final List<Row> ROWS =
      List.of(
          new Row("picture", "a.jpg", new float[] {.1f, -2, 3}),
          new Row("text", "a \"red\" car, parked", new float[] {1e-7f, 0, Float.NaN}));

  @TempDir Path folder;

  @Test
  void writesCsvWithEmptyFieldsForWhatIsUnknown() throws IOException {
    Path file = folder.resolve("e.CSV");
    EmbeddingTable.write(file, COLUMNS, ROWS);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            kind,name,whole.0,whole.1,element.0
            picture,a.jpg,0.1,-2.0,3.0
            text,"a ""red"" car, parked",1.0E-7,0.0,
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void writesParquet() throws IOException, SQLException {
    Path file = folder.resolve("it's.parquet");
    EmbeddingTable.write(file, COLUMNS, ROWS);
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name, \"whole.0\", \"element.0\" FROM '%s'"
                    .formatted(file.toString().replace("'", "''")))) {
      rows.next();
      assertThat(rows.getFloat(2)).isEqualTo(.1f);
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("a \"red\" car, parked");
      assertThat(rows.getObject(3)).isNull();
    }
  }

  /** Hash of what numpy.save of NumPy 2 writes for these numbers. */
  @Test
  void writesWhatNumpyWrites() throws IOException {
    Path file = folder.resolve("e.npy");
    EmbeddingTable.write(
        file, List.of("a", "b"), List.of(row(1, 2), row(3, .5f), row(Float.MIN_VALUE, -0f)));
    assertThat(Sha256.of(file))
        .isEqualTo("2cb706225785d579ede63ec14cbe683154a29c770718009909c9e3f3420472ee");
  }

  @Test
  void refusesOtherFormats() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> EmbeddingTable.requireFormat(Path.of("e.xlsx")))
        .withMessage("e.xlsx: found \"xlsx\"; expected .csv, .parquet or .npy");
  }

  private static Row row(float... values) {
    return new Row("picture", "a", values);
  }
}
