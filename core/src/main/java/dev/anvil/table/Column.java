package dev.anvil.table;

import static java.util.Objects.requireNonNull;

/** A column of a Parquet file, whose values all have one type. */
public record Column(String name, Type type) {
  /** What a column holds, and DuckDB's name of it. */
  public enum Type {
    TEXT("VARCHAR"),
    /** {@link Integer}. */
    WHOLE("INTEGER"),
    /** {@link Double}. */
    NUMBER("DOUBLE"),
    /** {@link Float}. */
    SINGLE("FLOAT"),
    /** {@link Boolean}. */
    FLAG("BOOLEAN"),
    /** {@link java.time.LocalDateTime}. */
    TIME("TIMESTAMP");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }
  }

  public Column {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
  }

  String sql() {
    return "\"" + name.replace("\"", "\"\"") + "\" " + type.sql;
  }
}
