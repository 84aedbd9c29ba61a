package dev.anvil.spark;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet tables whose files executors write themselves, one whole file per batch, so that whatever
 * is killed loses no batch that was done.
 */
final class KeptTable {
  /** Columns of what was put into stores. */
  static final StructType KEPT =
      new StructType()
          .add("port", StringType, false)
          .add("kind", StringType, false)
          .add("key", StringType, false)
          .add("value", BinaryType, false);

  /** Columns of what could not be done. */
  static final StructType PROBLEMS =
      new StructType()
          .add("key", StringType, false)
          .add("place", StringType, false)
          .add("message", StringType, false);

  private static final String ENDING = ".parquet";

  private static final MessageType KEPT_FILE =
      MessageTypeParser.parseMessageType(
          "message kept { required binary port (UTF8); required binary kind (UTF8);"
              + " required binary key (UTF8); required binary value; }");

  private static final MessageType PROBLEMS_FILE =
      MessageTypeParser.parseMessageType(
          "message problem { required binary key (UTF8); required binary place (UTF8);"
              + " required binary message (UTF8); }");

  private KeptTable() {}

  /** Writes a file of rows. */
  static void write(Configuration hadoop, String folder, String name, List<Kept> rows)
      throws IOException {
    write(
        hadoop,
        folder,
        name,
        KEPT_FILE,
        rows.stream()
            .map(
                row -> {
                  Group group = new SimpleGroup(KEPT_FILE);
                  group.add("port", row.port().name());
                  group.add("kind", row.kind());
                  group.add("key", row.key());
                  group.add("value", Binary.fromConstantByteArray(row.value()));
                  return group;
                })
            .toList());
  }

  /** Writes a file of problems. */
  static void writeProblems(
      Configuration hadoop, String folder, String name, List<ItemProblem> problems)
      throws IOException {
    write(
        hadoop,
        folder,
        name,
        PROBLEMS_FILE,
        problems.stream()
            .map(
                problem -> {
                  Group group = new SimpleGroup(PROBLEMS_FILE);
                  group.add("key", problem.key());
                  group.add("place", problem.place());
                  group.add("message", problem.message());
                  return group;
                })
            .toList());
  }

  private static void write(
      Configuration hadoop, String folder, String name, MessageType type, List<Group> rows)
      throws IOException {
    MemoryFile file = new MemoryFile();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            .withType(type)
            .withConf(hadoop)
            .withDictionaryEncoding("value", false) // no two values are the same
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    HadoopFiles.write(hadoop, folder, name + ENDING, file.bytes());
  }

  /** Whether a file of that name is there, and so whole. */
  static boolean contains(Configuration hadoop, String folder, String name) throws IOException {
    Path place = new Path(folder, name + ENDING);
    return place.getFileSystem(hadoop).exists(place);
  }

  /** Whether a table has any file whose name begins so. */
  static boolean isThere(Configuration hadoop, String folder, String prefix) throws IOException {
    Path place = new Path(folder);
    var found = place.getFileSystem(hadoop).globStatus(new Path(place, prefix + "*" + ENDING));
    return found != null && found.length > 0;
  }
}
