package dev.anvil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.report.data.Sample;
import dev.anvil.report.data.Variants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTablesTest {
  @TempDir Path folder;

  @Test
  void bothFormatsHoldTheSameRows() throws Exception {
    ResultTables.write(Sample.full(), folder);

    for (String name : List.of("effects", "evaluation", "posts")) {
      assertThat(query("SELECT * FROM '%s/%s.csv'", name))
          .as(name)
          .isEqualTo(query("SELECT * FROM '%s/%s.parquet'", name));
    }
    assertThat(query("SELECT count(*) FROM '%s/%s.parquet'", "effects")).containsExactly("22");
    assertThat(query("SELECT count(*) FROM '%s/%s.parquet'", "evaluation")).containsExactly("15");
    assertThat(query("SELECT count(*) FROM '%s/%s.parquet'", "posts")).containsExactly("1200");
  }

  @Test
  void valuesComeBackExactlyAndUnknownIsEmpty() throws Exception {
    ResultTables.write(Sample.full(), folder);

    assertThat(
            query(
                "SELECT relative, relative_low, verdict, true_relative, creatives_to_resolve"
                    + " FROM '%s/%s.csv' WHERE level = 'red'",
                "effects"))
        .containsExactly("0.213|" + (.213 - 2 * .062) + "|helps|0.25|null");
    assertThat(query("SELECT count(*) FROM '%s/%s.parquet' WHERE target IS NULL", "posts"))
        .containsExactly(
            String.valueOf(
                Sample.full().posts().stream().filter(post -> post.target().isEmpty()).count()));
    assertThat(query("SELECT DISTINCT typeof(time), typeof(fitted) FROM '%s/%s.parquet'", "posts"))
        .containsExactly("TIMESTAMP|BOOLEAN");
  }

  @Test
  void hostileTextAndQuotedFoldersRoundTrip() throws Exception {
    Path quoted = folder.resolve("it's");
    ResultTables.write(Variants.hostile(), quoted);

    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT level FROM '" + quoted.toString().replace("'", "''") + "/effects.csv'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(Variants.HOSTILE);
    }
  }

  @Test
  void emptyResultsGiveTablesWithoutRows() throws Exception {
    ResultTables.write(Variants.least(), folder);

    assertThat(query("SELECT count(*) FROM '%s/%s.parquet'", "effects")).containsExactly("0");
    assertThat(Files.readString(folder.resolve("posts.csv"))).startsWith("id,creative,time,fitted");
  }

  @Test
  void writingAgainGivesEqualBytes() throws Exception {
    ResultTables.write(Sample.full(), folder);
    byte[] first = Files.readAllBytes(folder.resolve("posts.parquet"));
    ResultTables.write(Sample.full(), folder);

    assertThat(Files.readAllBytes(folder.resolve("posts.parquet"))).isEqualTo(first);
  }

  private List<String> query(String sql, String name) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(sql.formatted(folder, name))) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }
}
