package dev.anvil.campaign.table;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.anvil.InvalidInputException;
import dev.anvil.campaign.table.RawTable.RawRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads delimited text with the lines that its records begin in. */
final class CsvTable {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final int SNIFFED_RECORDS = 200;
  private static final Charset UTF_32 = Charset.forName("UTF-32");
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** What spreadsheets write in a first line to say what the delimiter is. */
  private static final Pattern TOLD =
      Pattern.compile("\\A\"?sep=(.)\"?[;,\\t|]*\\R", Pattern.CASE_INSENSITIVE);

  private final String file;
  private final List<String> notes = new ArrayList<>();

  private CsvTable(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param asked names that the header is expected to have
   */
  static RawTable read(Path file, Set<String> asked) throws IOException {
    return new CsvTable(file.getFileName().toString()).table(Files.readAllBytes(file), asked);
  }

  private RawTable table(byte[] bytes, Set<String> asked) {
    try {
      return table(decode(bytes), asked);
    } catch (CsvParseException e) {
      InvalidInputException problem =
          new InvalidInputException(
              file,
              "has a record that is too large (%s); expected at most 16,384 columns and 16 MB: is there a quotation mark too many, or is it no table?"
                  .formatted(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
      problem.initCause(e);
      throw problem;
    }
  }

  private RawTable table(String text, Set<String> asked) {
    Matcher told = TOLD.matcher(text);
    boolean isTold = told.find();
    char delimiter = isTold ? told.group(1).charAt(0) : delimiter(text);
    String body = isTold ? text.substring(told.end()) : text;
    int skipped = isTold ? 1 : 0;
    OptionalLong unclosed = Quotes.unclosed(body, delimiter);
    if (unclosed.isPresent()) {
      throw new InvalidInputException(
          "%s line %d".formatted(file, unclosed.getAsLong() + skipped),
          "has a value that begins with a quotation mark and never ends, so that all later lines"
              + " would belong to it; expected a second one: delete it, or put one at the end of the"
              + " value");
    }
    List<RawRow> rows =
        records(body, delimiter)
            .map(r -> new RawRow(r.getStartingLineNumber() + skipped, r.getFields()))
            .toList();
    return new Grid(file, "line", rows, Optional.of(delimiter), asked).table(notes);
  }

  private String decode(byte[] bytes) {
    if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
      return new String(bytes, 3, bytes.length - 3, UTF_8);
    }
    if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) {
      return new String(bytes, UTF_32);
    }
    if (startsWith(bytes, 0xff, 0xfe)) {
      return new String(bytes, 2, bytes.length - 2, UTF_16LE);
    }
    if (startsWith(bytes, 0xfe, 0xff)) {
      return new String(bytes, 2, bytes.length - 2, UTF_16BE);
    }
    if (bytes.length > 3 && bytes[1] == 0 && bytes[3] == 0) {
      notes.add("has no byte order mark; read as UTF-16");
      return new String(bytes, UTF_16LE);
    }
    if (bytes.length > 3 && bytes[0] == 0 && bytes[2] == 0) {
      notes.add("has no byte order mark; read as UTF-16");
      return new String(bytes, UTF_16BE);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      notes.add("is not UTF-8; read as Latin-1 (Windows-1252)");
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

  /** The delimiter that gives most records as many values as most have, and the most of them. */
  private static char delimiter(String text) {
    return DELIMITERS.stream()
        .max(Comparator.comparingDouble(delimiter -> regularity(text, delimiter)))
        .orElseThrow();
  }

  private static double regularity(String text, char delimiter) {
    List<Integer> counts =
        records(text, delimiter).limit(SNIFFED_RECORDS).map(CsvRecord::getFieldCount).toList();
    double best = 0;
    for (int columns : Set.copyOf(counts)) {
      double regular = counts.stream().filter(count -> count == columns).count();
      if (columns > 1) {
        best = Math.max(best, regular / counts.size() + columns / 1e6);
      }
    }
    return best;
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
}
