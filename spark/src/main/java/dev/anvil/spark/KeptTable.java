package dev.anvil.spark;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet tables whose files executors write themselves, one whole file per batch, so that whatever
 * is killed loses no batch that was done. A file is written under a name that readers pass over and
 * then renamed.
 */
final class KeptTable {
  /** Columns of what was put into stores. */
  static final StructType KEPT =
      StructType.fromDDL(
          "port STRING NOT NULL, kind STRING NOT NULL, key STRING NOT NULL, value BINARY NOT NULL");

  /** Columns of what could not be done. */
  static final StructType PROBLEMS =
      StructType.fromDDL("key STRING NOT NULL, place STRING NOT NULL, message STRING NOT NULL");

  private static final MessageType KEPT_FILE =
      MessageTypeParser.parseMessageType(
          "message kept { required binary port (UTF8); required binary kind (UTF8);"
              + " required binary key (UTF8); required binary value; }");

  private static final MessageType PROBLEMS_FILE =
      MessageTypeParser.parseMessageType(
          "message problem { required binary key (UTF8); required binary place (UTF8);"
              + " required binary message (UTF8); }");

  private KeptTable() {}

  /** Writes a file of rows; the same name again replaces it. */
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

  /** Writes a file of problems; the same name again replaces it. */
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
    requireNonNull(folder, "folder is null");
    Path place = place(folder, name);
    Path unfinished = new Path(folder, "_" + name + "-" + UUID.randomUUID());
    FileSystem files = place.getFileSystem(hadoop);
    files.delete(unfinished, /* recursive= */ false);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(unfinished, hadoop))
            .withType(type)
            .withConf(hadoop)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    FileContext.getFileContext(place.toUri(), hadoop)
        .rename(unfinished, place, Options.Rename.OVERWRITE);
  }

  /** Whether a file of that name is there, and so whole. */
  static boolean contains(Configuration hadoop, String folder, String name) throws IOException {
    Path place = place(folder, name);
    return place.getFileSystem(hadoop).exists(place);
  }

  /** Whether a table has any file whose name begins so. */
  static boolean isThere(Configuration hadoop, String folder, String prefix) throws IOException {
    Path place = new Path(folder);
    var found = place.getFileSystem(hadoop).globStatus(new Path(place, prefix + "*.parquet"));
    return found != null && found.length > 0;
  }

  private static Path place(String folder, String name) {
    return new Path(folder, name + ".parquet");
  }
}
