package dev.anvil.table;

import dev.anvil.natives.NativeLibraries;

/** Loads DuckDB when it is first needed. */
final class LoadedDuckDb {
  private static final String NAME = "dev.anvil.table.DuckDbEngine";

  static final ParquetEngine ENGINE = load();

  private LoadedDuckDb() {}

  private static ParquetEngine load() {
    try {
      return (ParquetEngine)
          Class.forName(NAME, true, NativeLibraries.duckDb(NAME))
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DuckDB cannot be loaded", e);
    }
  }
}
