package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import dev.anvil.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The Parquet tables of a job's output. */
final class Tables {
  private static final int AT_ONCE = 256;

  private final SparkSession spark;
  private final ClusterSettings settings;

  Tables(SparkSession spark, ClusterSettings settings) {
    this.spark = requireNonNull(spark, "spark is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** What was put into stores, by one run or by all: a key may be there more than once. */
  Dataset<Row> kept(String run) {
    return read(Spread.KEPT, run, KeptTable.KEPT);
  }

  /** What could not be done, one row per item. */
  Dataset<Row> problems(String run) {
    return read(Spread.PROBLEMS, run, KeptTable.PROBLEMS).dropDuplicates("key");
  }

  /** Forgets problems of earlier runs, whose items are done again. */
  void clearProblems() {
    try {
      Path folder = new Path(settings.table(Spread.PROBLEMS));
      folder.getFileSystem(hadoop()).delete(folder, /* recursive= */ true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Dataset<Row> read(String table, String run, StructType schema) {
    try {
      String folder = settings.table(table);
      return KeptTable.isThere(hadoop(), folder, run)
          ? spark.read().schema(schema).option("pathGlobFilter", run + "*.parquet").parquet(folder)
          : spark.createDataFrame(List.of(), schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** Puts rows into the driver's stores; what is there already stays. */
  long load(Dataset<Row> kept, Stores stores) {
    long rows = 0;
    List<Row> some = new ArrayList<>(AT_ONCE);
    for (Iterator<Row> all = kept.toLocalIterator(); all.hasNext(); ) {
      some.add(all.next());
      rows++;
      if (some.size() == AT_ONCE || !all.hasNext()) {
        put(some, stores);
        some.clear();
      }
    }
    return rows;
  }

  private static void put(List<Row> rows, Stores stores) {
    Map<String, Map<String, byte[]>> results = new LinkedHashMap<>();
    Map<String, Map<String, float[]>> embeddings = new LinkedHashMap<>();
    for (Row row : rows) {
      String kind = row.getString(1);
      String key = row.getString(2);
      byte[] value = row.getAs(3);
      switch (Kept.Port.valueOf(row.getString(0))) {
        case RESULT -> {
          if (stores.results().bytes(kind, key).isEmpty()) {
            results.computeIfAbsent(kind, k -> new LinkedHashMap<>()).put(key, value);
          }
        }
        case EMBEDDING ->
            embeddings
                .computeIfAbsent(kind, k -> new LinkedHashMap<>())
                .put(key, Kept.floats(value));
        case BLOB -> stores.blobs().put(value);
      }
    }
    results.forEach((kind, values) -> stores.results().putAll(kind, values));
    embeddings.forEach(
        (encoder, values) ->
            stores.embeddings(encoder, values.values().iterator().next().length).put(values));
  }

  /**
   * Writes a table anew.
   *
   * @return the table as it was written
   */
  Dataset<Row> write(String table, Dataset<Row> rows) {
    rows.write().mode(SaveMode.Overwrite).parquet(settings.table(table));
    return spark.read().schema(rows.schema()).parquet(settings.table(table));
  }

  /** Writes a table of the driver's rows anew. */
  void write(String table, List<Row> rows, StructType schema) {
    write(table, spark.createDataFrame(rows, schema).coalesce(1));
  }

  /** How many rows a table that was written has, as its files say at their ends. */
  long rows(String table) {
    long rows = 0;
    try {
      Path folder = new Path(settings.table(table));
      FileSystem files = folder.getFileSystem(hadoop());
      for (FileStatus file : files.globStatus(new Path(folder, "*.parquet"))) {
        try (ParquetFileReader reader =
            ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop()))) {
          rows += reader.getRecordCount();
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
