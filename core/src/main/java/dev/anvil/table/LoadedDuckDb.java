package dev.anvil.table;

import dev.anvil.natives.NativeLibraries;

/** Loads DuckDB when it is first needed. */
final class LoadedDuckDb {
  private static final String NAME = "dev.anvil.table.DuckDbEngine";

  static final ParquetEngine ENGINE = load();

  private LoadedDuckDb() {}

  private static ParquetEngine load() {
    try {
      return Class.forName(NAME, true, NativeLibraries.duckDb(NAME))
          .asSubclass(ParquetEngine.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DuckDB cannot be loaded", e);
    }
  }
}
