package dev.anvil.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWriterTest {
  @TempDir Path folder;

  private String csv(Object... cells) throws IOException {
    Path file = folder.resolve("new/t.csv");
    TableWriter.csv(
        file, Stream.of(cells).map(c -> "c").toList(), Stream.of(TableWriter.row(cells)));
    String text = Files.readString(file);
    return text.substring(text.indexOf("\r\n") + 2, text.length() - 2);
  }

  @Test
  void quotesAsRfc4180AsksFor() throws IOException {
    assertThat(csv("a,b", "say \"hi\"", "two\nlines", "plain"))
        .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",plain");
  }

  @Test
  void unknownIsEmpty() throws IOException {
    assertThat(csv("a", null, Double.NaN, Float.NaN, "")).isEqualTo("a,,,,");
  }

  @Test
  void numbersAndTimesAreTheSameEverywhere() throws IOException {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(csv(-.5, 1e-7, 1234567, 2.5f, true, LocalDateTime.of(2026, 3, 1, 0, 0)))
          .isEqualTo("-0.5,1.0E-7,1234567,2.5,true,2026-03-01 00:00:00");
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void aTextThatASpreadsheetWouldRunStaysText() throws IOException {
    assertThat(csv("=1+1", "+cmd|'/c calc'!A1", "-2+3", "@SUM(A1)", "\tx", "\rx"))
        .isEqualTo("'=1+1,'+cmd|'/c calc'!A1,'-2+3,'@SUM(A1),'\tx,\"'\rx\"");
    assertThat(csv("-0.5", "+3", "-1e5", "a=b", "-")).isEqualTo("-0.5,+3,-1e5,a=b,'-");
  }

  @Test
  void aFileIsWholeOrAsItWas() throws IOException {
    Path file = folder.resolve("t.csv");
    TableWriter.csv(file, List.of("a"), Stream.of(List.of(1)));
    assertThatThrownBy(
            () ->
                TableWriter.csv(
                    file, List.of("a"), Stream.of(2, 0).map(divisor -> List.of(10 / divisor))))
        .isInstanceOf(ArithmeticException.class);
    assertThat(Files.readString(file)).isEqualTo("a\r\n1\r\n");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void rowsOfAnotherLengthAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TableWriter.csv(folder.resolve("t.csv"), List.of("a"), Stream.of(List.of(1, 2))))
        .withMessage("2 cells for 1 columns: [1, 2]");
  }

  @Test
  void parquetKeepsTypesAndTexts() throws Exception {
    Path file = folder.resolve("it's.parquet");
    TableWriter.parquet(
        file,
        List.of(
            new Column("a \"name\"", Column.Type.TEXT),
            new Column("n", Column.Type.NUMBER),
            new Column("k", Column.Type.WHOLE),
            new Column("f", Column.Type.FLAG)),
        Stream.of(TableWriter.row("=1+1", Double.NaN, 3, true)));
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"a \"\"name\"\"\", n, k, typeof(f) FROM '%s'"
                    .formatted(file.toString().replace("'", "''")))) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("=1+1");
      assertThat(rows.getObject(2)).isNull();
      assertThat(rows.getInt(3)).isEqualTo(3);
      assertThat(rows.getString(4)).isEqualTo("BOOLEAN");
    }
  }
}
