package dev.anvil.campaign.table;

import dev.anvil.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds and reads files of posts by the ending of their name. */
public final class TableFiles {
  private static final List<String> ENDINGS =
      List.of("csv", "tsv", "jsonl", "ndjson", "parquet", "xlsx");

  private TableFiles() {}

  /**
   * Reads a table.
   *
   * @param sheet of a workbook; empty for the first with data
   * @param asked names that the header is expected to have
   */
  public static RawTable read(Path file, Optional<String> sheet, Set<String> asked) {
    try {
      return switch (ending(file)) {
        case "csv", "tsv", "txt", "tab" ->
            isZip(file) ? XlsxTable.read(file, sheet, asked) : CsvTable.read(file, asked);
        case "xlsx", "xlsm" -> XlsxTable.read(file, sheet, asked);
        case "json", "jsonl", "ndjson" -> JsonTable.read(file);
        case "parquet" -> ParquetTable.read(file);
        case "xls", "ods", "numbers" ->
            throw new InvalidInputException(
                file.getFileName().toString(),
                "is a spreadsheet of a kind that is not read; expected XLSX or CSV, open it and save"
                    + " it as one of them");
        default ->
            throw new InvalidInputException(
                file.getFileName().toString(),
                "is of a kind that is not known; expected .csv, .tsv, .xlsx, .jsonl, .json or"
                    + " .parquet");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads delimited text. */
  public static RawTable readDelimited(Path file, Set<String> asked) throws IOException {
    return CsvTable.read(file, asked);
  }

  /** A workbook that was only renamed. */
  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(4);
      return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3;
    }
  }

  /**
   * The file itself, or the only file of posts in a folder.
   *
   * @param ignored names of files that are no posts
   * @param isPicture tells pictures, which a message counts
   */
  public static Path find(Path fileOrFolder, Set<String> ignored, Predicate<Path> isPicture) {
    if (Files.isRegularFile(fileOrFolder)) {
      return fileOrFolder;
    }
    if (!Files.isDirectory(fileOrFolder)) {
      throw new InvalidInputException(fileOrFolder.toString(), "does not exist");
    }
    try (Stream<Path> listed = Files.list(fileOrFolder)) {
      List<Path> files = listed.filter(Files::isRegularFile).sorted().toList();
      List<Path> tables =
          files.stream()
              .filter(file -> ENDINGS.contains(ending(file)))
              .filter(file -> !ignored.contains(file.getFileName().toString()))
              .toList();
      if (tables.size() == 1) {
        return tables.get(0);
      }
      long pictures = files.stream().filter(isPicture).count();
      throw new InvalidInputException(
          fileOrFolder.toString(),
          tables.isEmpty()
              ? "is a folder with %d pictures and no file of posts; expected a CSV, XLSX, JSON Lines or Parquet file with the columns picture, date and a metric such as likes"
                  .formatted(pictures)
              : "is a folder with several files that may hold the posts: %s; expected the path of one of them"
                  .formatted(
                      String.join(
                          ", ", tables.stream().map(t -> t.getFileName().toString()).toList())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lower-case letters after the last dot of a file's name, or nothing. */
  public static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
