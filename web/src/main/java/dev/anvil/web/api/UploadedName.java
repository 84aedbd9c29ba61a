package dev.anvil.web.api;

import dev.anvil.InvalidInputException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The name of a file that is uploaded: plain names with slashes between them. */
final class UploadedName {
  private static final Pattern PART = Pattern.compile("[^/\\\\\\p{Cntrl}:*?\"<>|]{1,200}");
  private static final int DEPTH = 8;
  private static final Set<String> TABLES =
      Set.of("csv", "tsv", "txt", "tab", "json", "jsonl", "ndjson", "parquet", "xlsx", "xlsm");

  private UploadedName() {}

  /**
   * Where a file of that name goes.
   *
   * @throws InvalidInputException when the name leads anywhere else
   */
  static Path in(Path folder, String name) {
    String[] parts = name.split("/", -1);
    boolean plain = parts.length <= DEPTH;
    for (String part : parts) {
      plain &= PART.matcher(part).matches() && !part.startsWith(".") && !part.endsWith(" ");
    }
    if (!plain) {
      throw new InvalidInputException(
          "name",
          "is no plain file name; expected names with slashes between them, none of which begins with a dot");
    }
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw new InvalidInputException("name", "leads out of the upload");
    }
    return file;
  }

  /** Whether it ends as tables do. */
  static boolean isTable(Path file) {
    String name = file.getFileName().toString();
    return TABLES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
