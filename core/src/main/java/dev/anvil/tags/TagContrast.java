package dev.anvil.tags;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A level against the mean of others, each counting alike.
 *
 * @param column name of the column
 * @param level whose effect is asked for
 * @param against levels of the same column, at least one; with {@code level} among them where it is
 *     compared with the average of all, as {@code reference: average} of a study does
 */
public record TagContrast(String column, String level, List<String> against) {
  public static final String AVERAGE = "average";

  public TagContrast {
    requireNonNull(column, "column is null");
    requireNonNull(level, "level is null");
    against = List.copyOf(against);
    if (against.isEmpty() || against.equals(List.of(level))) {
      throw new IllegalArgumentException(
          "%s %s is compared with %s; expected other levels".formatted(column, level, against));
    }
    if (against.stream().distinct().count() < against.size()) {
      throw new IllegalArgumentException("a level is named twice in " + against);
    }
  }

  /** One level against another. */
  public static TagContrast of(String column, String level, String reference) {
    return new TagContrast(column, level, List.of(reference));
  }

  /** Each of these levels against the mean over all of them. */
  public static List<TagContrast> againstAverage(String column, List<String> levels) {
    return levels.stream().map(level -> new TagContrast(column, level, levels)).toList();
  }

  /** The level compared with, or {@value #AVERAGE}. */
  public String reference() {
    return against.size() == 1 ? against.get(0) : AVERAGE;
  }

  /** What the mean at {@code other} counts in this contrast: the weights sum to nil. */
  double weight(String other) {
    return (other.equals(level) ? 1 : 0) - (against.contains(other) ? 1.0 / against.size() : 0);
  }
}
