package dev.anvil.study.label;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.campaign.Post;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Levels of posts that somebody looked up or wrote down, from a study's label file: a table with a
 * column {@code id} and one column per factor. They replace inferred labels of these posts, and
 * tell how often inferred labels of the other posts err.
 *
 * @param byFactor level by post id, by name of the factor; {@link #OTHER} where the post shows none
 *     of the study's levels
 */
public record KnownLabels(Map<String, Map<String, String>> byFactor) {
  /** What a label file says of a post that shows none of a factor's levels. */
  public static final String OTHER = "other";

  /** Nothing is known. */
  public static final KnownLabels NONE = new KnownLabels(Map.of());

  private static final String ID = "id";
  private static final int EXAMPLES = 3;

  public KnownLabels {
    byFactor = Map.copyOf(byFactor);
  }

  /** Levels by post id; empty where nothing is known of the factor. */
  public Map<String, String> of(Factor factor) {
    return byFactor.getOrDefault(factor.name(), Map.of());
  }

  /**
   * Reads a study's label file, if it names one.
   *
   * @param folder that the path in the study is relative to
   * @param posts of the campaign
   * @throws InvalidInputException with all problems: a missing file or column, a post that the
   *     campaign does not have, a level that the factor does not have
   */
  public static KnownLabels read(StudySpec spec, Path folder, List<Post> posts) {
    if (spec.labelFile().isEmpty()) {
      return NONE;
    }
    Path file = folder.resolve(spec.labelFile().get());
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "label_file", "found %s, which is no file; expected a CSV file".formatted(file));
    }
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      return new Reader(file.getFileName().toString(), spec, posts).read(reader.stream().toList());
    } catch (IOException e) {
      throw new InvalidInputException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private static final class Reader {
    private final String file;
    private final List<Factor> factors;
    private final Set<String> ids;
    private final List<Problem> problems = new ArrayList<>();

    Reader(String file, StudySpec spec, List<Post> posts) {
      this.file = file;
      this.factors = spec.factors();
      this.ids = posts.stream().map(Post::id).collect(Collectors.toSet());
    }

    KnownLabels read(List<NamedCsvRecord> rows) {
      List<String> columns = rows.isEmpty() ? List.of() : rows.get(0).getHeader();
      List<Factor> labelled = factors.stream().filter(f -> columns.contains(f.name())).toList();
      if (!columns.contains(ID) || labelled.isEmpty()) {
        throw new InvalidInputException(
            file,
            "has the columns %s; expected %s, a row per post, and at least one of the factors %s"
                .formatted(columns, ID, factors.stream().map(Factor::name).toList()));
      }
      Map<String, Map<String, String>> byFactor = new HashMap<>();
      labelled.forEach(f -> byFactor.put(f.name(), new HashMap<>()));
      Set<String> unknown = new HashSet<>();
      List<String> examples = new ArrayList<>();
      for (NamedCsvRecord row : rows) {
        String id = TableWriter.original(row.getField(ID).strip());
        if (!ids.contains(id) && unknown.add(id) && examples.size() < EXAMPLES) {
          examples.add("\"%s\" in line %d".formatted(id, row.getStartingLineNumber()));
        }
        for (Factor factor : labelled) {
          String level = TableWriter.original(row.findField(factor.name()).orElse("").strip());
          if (!level.isEmpty()) {
            put(byFactor.get(factor.name()), factor, id, level, row.getStartingLineNumber());
          }
        }
      }
      if (!unknown.isEmpty()) {
        problems.add(
            new Problem(
                file,
                "has %d ids that the campaign does not have (%s); expected ids of its posts: delete these rows"
                    .formatted(unknown.size(), String.join(", ", examples))));
      }
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
      return new KnownLabels(byFactor);
    }

    private void put(
        Map<String, String> labels, Factor factor, String id, String level, long line) {
      String where = "%s line %d".formatted(file, line);
      if (!level.equals(OTHER) && !factor.levels().containsKey(level)) {
        problems.add(
            new Problem(
                where,
                "%s is \"%s\"; expected one of %s, \"%s\" for none of them, or nothing where it is unknown"
                    .formatted(factor.name(), level, factor.levels().keySet(), OTHER)));
      }
      String before = labels.put(id, level);
      if (before != null && !before.equals(level)) {
        problems.add(
            new Problem(
                where,
                "%s of post %s is \"%s\" here and \"%s\" above; expected one label"
                    .formatted(factor.name(), id, level, before)));
      }
    }
  }
}
