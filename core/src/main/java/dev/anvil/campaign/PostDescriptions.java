package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.campaign.table.RawTable;
import dev.anvil.campaign.table.TableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a table says of posts beside the campaign's own: a caption each, or tags in columns.
 *
 * @param columns chosen, in order
 * @param byPost post id to one value per column
 */
public record PostDescriptions(List<String> columns, Map<String, List<String>> byPost) {
  private static final String ID = "id";

  public PostDescriptions {
    columns = List.copyOf(columns);
    byPost = Map.copyOf(byPost);
  }

  /**
   * Reads a delimited file with a header and a column {@code id}.
   *
   * @param wanted columns to take; all but the id when empty
   * @throws InvalidInputException with every column that is missing and every line that has other
   *     fields than the header
   */
  public static PostDescriptions read(Path file, List<String> wanted) throws IOException {
    RawTable table = TableFiles.readDelimited(file, Set.of(ID));
    List<String> columns = new ArrayList<>(wanted.isEmpty() ? table.columns() : wanted);
    columns.remove(ID);
    List<Problem> problems = new ArrayList<>();
    Stream.concat(Stream.of(ID), columns.stream())
        .filter(column -> !table.columns().contains(column))
        .map(
            column ->
                new Problem(
                    file.toString(),
                    "has the columns %s; expected %s among them"
                        .formatted(table.columns(), column)))
        .forEach(problems::add);
    table.rows().stream()
        .filter(row -> row.values().size() != table.columns().size())
        .map(
            row ->
                new Problem(
                    table.where(row),
                    "has %d fields; expected %d"
                        .formatted(row.values().size(), table.columns().size())))
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    int[] chosen = columns.stream().mapToInt(table.columns()::indexOf).toArray();
    int id = table.columns().indexOf(ID);
    Map<String, List<String>> byPost = new HashMap<>();
    for (RawTable.RawRow row : table.rows()) {
      byPost.put(row.values().get(id), IntStream.of(chosen).mapToObj(row.values()::get).toList());
    }
    return new PostDescriptions(columns, byPost);
  }

  /** A post in words: one column as it is, several as "colour red, setting forest". */
  public Optional<String> sentence(String post) {
    return Optional.ofNullable(byPost.get(post))
        .map(
            values ->
                columns.size() == 1
                    ? values.get(0)
                    : IntStream.range(0, columns.size())
                        .filter(c -> !values.get(c).isBlank())
                        .mapToObj(c -> columns.get(c) + " " + values.get(c))
                        .collect(Collectors.joining(", ")))
        .filter(sentence -> !sentence.isBlank());
  }
}
