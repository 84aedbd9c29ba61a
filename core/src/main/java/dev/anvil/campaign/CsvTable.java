package dev.anvil.campaign;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.campaign.RawTable.RawRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads delimited text with the lines that its records begin in. */
final class CsvTable {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final int SNIFFED_RECORDS = 50;
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private final String file;
  private final List<String> warnings = new ArrayList<>();

  private CsvTable(String file) {
    this.file = file;
  }

  static RawTable read(Path file) throws IOException {
    return new CsvTable(file.getFileName().toString()).table(Files.readAllBytes(file));
  }

  private RawTable table(byte[] bytes) {
    String text = decode(bytes);
    List<CsvRecord> records = records(text, delimiter(text)).toList();
    if (records.isEmpty()) {
      throw new InvalidInputException(file, "is empty; expected a header and one line per post");
    }
    List<String> header = records.get(0).getFields().stream().map(String::strip).toList();
    requireDistinct(header);
    List<Integer> kept = named(header);
    List<RawRow> rows =
        records.stream()
            .skip(1)
            .map(
                record ->
                    new RawRow(
                        record.getStartingLineNumber(),
                        record.getFieldCount() == header.size()
                            ? kept.stream().map(record::getField).toList()
                            : record.getFields()))
            .toList();
    return new RawTable(file, "line", kept.stream().map(header::get).toList(), rows, warnings);
  }

  private String decode(byte[] bytes) {
    if (startsWith(bytes, 'P', 'K', 3, 4)) {
      throw new InvalidInputException(
          file, "is a spreadsheet or an archive; expected text, save the sheet as CSV");
    }
    if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
      return new String(bytes, 3, bytes.length - 3, UTF_8);
    }
    if (startsWith(bytes, 0xff, 0xfe)) {
      return new String(bytes, 2, bytes.length - 2, UTF_16LE);
    }
    if (startsWith(bytes, 0xfe, 0xff)) {
      return new String(bytes, 2, bytes.length - 2, UTF_16BE);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      warnings.add("is not UTF-8; read as Latin-1 (Windows-1252)");
      return new String(bytes, WINDOWS);
    }
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** The delimiter that gives most records as many values as the header, and the most of them. */
  private static char delimiter(String text) {
    return DELIMITERS.stream()
        .max(Comparator.comparingDouble(delimiter -> regularity(text, delimiter)))
        .orElseThrow();
  }

  private static double regularity(String text, char delimiter) {
    List<Integer> counts =
        records(text, delimiter).limit(SNIFFED_RECORDS).map(CsvRecord::getFieldCount).toList();
    if (counts.isEmpty() || counts.get(0) == 1) {
      return 0;
    }
    int columns = counts.get(0);
    double regular = counts.stream().filter(count -> count == columns).count();
    return regular / counts.size() + columns / 1e6;
  }

  private static Stream<CsvRecord> records(String text, char delimiter) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .skipEmptyLines(true)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(true)
        .ofCsvRecord(text)
        .stream();
  }

  private void requireDistinct(List<String> header) {
    Set<String> seen = new HashSet<>();
    List<Problem> problems =
        header.stream()
            .filter(name -> !name.isEmpty() && !seen.add(name))
            .distinct()
            .map(
                name ->
                    new Problem(
                        file,
                        "column \"%s\" is there more than once; expected each name once"
                            .formatted(name)))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private List<Integer> named(List<String> header) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).isEmpty()) {
        warnings.add("column %d has no name and is not used".formatted(i + 1));
      } else {
        kept.add(i);
      }
    }
    return kept;
  }
}
