package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How one metadata column is encoded: as a number, or with one column per level and one for other
 * levels. A post without a value has NaN (unknown) in all of them.
 *
 * @param levels that have a column of their own; empty for a number
 */
public record MetadataColumn(String name, List<String> levels) {
  public MetadataColumn {
    requireNonNull(name, "name is null");
    levels = List.copyOf(levels);
  }

  /** Names of the columns it makes. */
  public List<String> names() {
    return levels.isEmpty()
        ? List.of(name)
        : Stream.concat(levels.stream(), Stream.of("(other)")).map(l -> name + "=" + l).toList();
  }

  /** Writes the post's value; tells whether it was of a kind not expected. */
  boolean encode(Post post, float[] values, int at) {
    int width = names().size();
    Optional<String> known = value(post, name);
    if (known.isEmpty()) {
      Arrays.fill(values, at, at + width, Float.NaN);
      return false;
    }
    String value = known.get();
    if (levels.isEmpty()) {
      OptionalDouble number = parse(value);
      values[at] = (float) number.orElse(Double.NaN);
      return number.isEmpty();
    }
    int level = levels.indexOf(value);
    values[at + (level < 0 ? width - 1 : level)] = 1;
    return level < 0;
  }

  /** A post's value of a metadata column, or of another metric that is used as one. */
  static Optional<String> value(Post post, String name) {
    return Optional.ofNullable(post.metadata().get(name))
        .or(() -> Optional.ofNullable(post.metrics().get(name)).map(Object::toString));
  }

  static OptionalDouble parse(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
