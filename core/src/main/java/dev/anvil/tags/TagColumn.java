package dev.anvil.tags;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * What each post says of one thing: its colour, its channel, its month.
 *
 * @param name of the column
 * @param values one level per post; an empty text is a level like any other
 */
public record TagColumn(String name, List<String> values) {
  public TagColumn {
    requireNonNull(name, "name is null");
    values = List.copyOf(values);
  }

  /** Levels that occur, sorted. */
  public List<String> levels() {
    return values.stream().distinct().sorted().toList();
  }

  TagColumn select(int[] rows) {
    return new TagColumn(name, Arrays.stream(rows).mapToObj(values::get).toList());
  }
}
