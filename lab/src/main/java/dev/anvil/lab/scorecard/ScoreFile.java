package dev.anvil.lab.scorecard;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The scores of a world as a CSV file, written in one step: what is there is whole. */
public final class ScoreFile {
  private static final CsvMapper MAPPER = new CsvMapper();
  private static final CsvSchema SCHEMA =
      CsvSchema.builder()
          .addColumns(
              List.of(
                  "scenario",
                  "world",
                  "method",
                  "factor",
                  "level",
                  "placebo",
                  "truth",
                  "estimate",
                  "low",
                  "high",
                  "claimed"),
              CsvSchema.ColumnType.STRING)
          .setUseHeader(true)
          .build();

  private ScoreFile() {}

  /** Writes scores. */
  public static void write(List<Score> scores, Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.writeString(partial, text(scores));
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads what was written. */
  public static List<Score> read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /** The text of such a file. */
  public static String text(List<Score> scores) throws IOException {
    StringWriter text = new StringWriter();
    MAPPER.writerFor(Score.class).with(SCHEMA).writeValues(text).writeAll(scores).close();
    return text.toString();
  }

  /** Scores of a text. */
  public static List<Score> parse(String text) throws IOException {
    try (MappingIterator<Score> rows =
        MAPPER.readerFor(Score.class).with(SCHEMA).readValues(text)) {
      return rows.readAll();
    }
  }
}
