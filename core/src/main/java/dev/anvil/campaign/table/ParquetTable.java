package dev.anvil.campaign.table;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.table.RawTable.RawRow;
import dev.anvil.table.ParquetEngine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads Parquet with DuckDB in memory. */
final class ParquetTable {
  private static final Set<Integer> DECIMALS = Set.of(Types.DOUBLE, Types.FLOAT, Types.DECIMAL);

  private ParquetTable() {}

  static RawTable read(Path path) {
    String file = path.getFileName().toString();
    String quoted = path.toAbsolutePath().toString().replace("'", "''");
    try (Connection connection = ParquetEngine.duckDb().connect();
        Statement statement = connection.createStatement();
        Statement describing = connection.createStatement();
        ResultSet typed =
            describing.executeQuery("SELECT * FROM read_parquet('" + quoted + "') LIMIT 0");
        ResultSet found =
            statement.executeQuery(
                "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet('" + quoted + "')")) {
      ResultSetMetaData meta = typed.getMetaData();
      List<String> columns = new ArrayList<>();
      List<Boolean> decimals = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.add(meta.getColumnName(i));
        decimals.add(DECIMALS.contains(meta.getColumnType(i)));
      }
      List<RawRow> rows = new ArrayList<>();
      while (found.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          String value = Optional.ofNullable(found.getString(i)).orElse("");
          values.add(decimals.get(i - 1) ? RawTable.number(value) : value);
        }
        rows.add(new RawRow(rows.size() + 1L, values));
      }
      return RawTable.of(file, "row", columns, rows);
    } catch (SQLException e) {
      InvalidInputException problem =
          new InvalidInputException(
              file, "cannot be read as Parquet (%s)".formatted(e.getMessage()));
      problem.initCause(e);
      throw problem;
    }
  }
}
