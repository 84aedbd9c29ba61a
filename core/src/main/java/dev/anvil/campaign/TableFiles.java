package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds and reads files of posts by the ending of their name. */
final class TableFiles {
  private TableFiles() {}

  static RawTable read(Path file) {
    try {
      return switch (ending(file)) {
        case "csv", "tsv", "txt" -> CsvTable.read(file);
        case "json", "jsonl", "ndjson" -> JsonTable.read(file);
        case "parquet" -> ParquetTable.read(file);
        default ->
            throw new InvalidInputException(
                file.getFileName().toString(),
                "is of a kind that is not known; expected .csv, .tsv, .jsonl, .json or .parquet"
                    + " (a spreadsheet can be saved as CSV)");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file itself, or the only file of posts in a folder. */
  static Path find(Path fileOrFolder) {
    if (Files.isRegularFile(fileOrFolder)) {
      return fileOrFolder;
    }
    if (!Files.isDirectory(fileOrFolder)) {
      throw new InvalidInputException(fileOrFolder.toString(), "does not exist");
    }
    try (Stream<Path> listed = Files.list(fileOrFolder)) {
      List<Path> files = listed.filter(Files::isRegularFile).sorted().toList();
      List<Path> tables = files.stream().filter(TableFiles::isTable).toList();
      if (tables.size() == 1) {
        return tables.get(0);
      }
      long pictures = files.stream().filter(PictureFinder::isPicture).count();
      throw new InvalidInputException(
          fileOrFolder.toString(),
          tables.isEmpty()
              ? "is a folder with %d pictures and no file of posts; expected a CSV, JSON Lines or Parquet file with the columns picture, date and a metric such as likes"
                  .formatted(pictures)
              : "is a folder with several files that may hold the posts: %s; expected the path of one of them"
                  .formatted(
                      String.join(
                          ", ", tables.stream().map(t -> t.getFileName().toString()).toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isTable(Path file) {
    return List.of("csv", "tsv", "jsonl", "ndjson", "parquet").contains(ending(file))
        && !file.getFileName().toString().equals(ReadReport.QUARANTINE);
  }

  /** Lower-case letters after the last dot of a file's name, or nothing. */
  static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
