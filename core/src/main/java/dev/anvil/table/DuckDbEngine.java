package dev.anvil.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * All that knows DuckDB. It is loaded together with DuckDB by a loader of their own, so it uses
 * nothing of its package that is not public.
 */
public final class DuckDbEngine implements ParquetEngine {
  @Override
  public Connection connect() throws SQLException {
    return new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
  }

  @Override
  public void append(Connection database, String table, Iterator<? extends List<?>> rows)
      throws SQLException {
    try (DuckDBAppender appender =
        database
            .unwrap(DuckDBConnection.class)
            .createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
      while (rows.hasNext()) {
        appender.beginRow();
        for (Object cell : rows.next()) {
          append(appender, cell);
        }
        appender.endRow();
      }
    }
  }

  private static void append(DuckDBAppender appender, Object cell) throws SQLException {
    if (TableWriter.isUnknown(cell)) {
      appender.appendNull();
    } else if (cell instanceof String text) {
      appender.append(text);
    } else if (cell instanceof Double number) {
      appender.append(number);
    } else if (cell instanceof Float single) {
      appender.append(single);
    } else if (cell instanceof Integer number) {
      appender.append(number);
    } else if (cell instanceof Boolean flag) {
      appender.append(flag);
    } else if (cell instanceof LocalDateTime time) {
      appender.append(time);
    } else {
      throw new IllegalArgumentException("no column holds a " + cell.getClass());
    }
  }
}
