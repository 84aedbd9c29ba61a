package dev.anvil.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;

/** What reads and writes Parquet, by SQL. */
public interface ParquetEngine {
  /** A database in memory that is nobody else's. */
  Connection connect() throws SQLException;

  /**
   * Adds rows to a table of such a database.
   *
   * @param rows of cells as {@link TableWriter} knows them; what is unknown is null
   */
  void append(Connection database, String table, Iterator<? extends List<?>> rows)
      throws SQLException;

  /** The one there is. */
  static ParquetEngine duckDb() {
    return LoadedDuckDb.ENGINE;
  }
}
