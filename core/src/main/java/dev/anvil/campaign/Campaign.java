package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The posts that one model is fitted to, oldest first.
 *
 * @param name shown to people
 * @param posts sorted by time, then id
 * @param kinds metric to what its values can be, as decided at import
 */
public record Campaign(String name, List<Post> posts, Map<String, MetricKind> kinds) {
  public Campaign {
    requireNonNull(name, "name is null");
    posts =
        posts.stream().sorted(Comparator.comparing(Post::time).thenComparing(Post::id)).toList();
    kinds = Map.copyOf(kinds);
  }

  /** A campaign whose metrics are of the kinds that their names and values suggest. */
  public static Campaign of(String name, List<Post> posts) {
    return new Campaign(name, posts, suggested(posts));
  }

  /** The kinds that the names and values of posts' metrics suggest. */
  static SortedMap<String, MetricKind> suggested(List<Post> posts) {
    SortedMap<String, MetricKind> kinds = new TreeMap<>();
    posts.stream()
        .flatMap(p -> p.metrics().keySet().stream())
        .distinct()
        .forEach(
            metric ->
                kinds.put(
                    metric,
                    MetricKind.of(
                        metric,
                        posts.stream()
                            .mapToDouble(p -> p.metric(metric).orElse(Double.NaN))
                            .toArray())));
    return kinds;
  }

  /**
   * What a metric's values can be.
   *
   * @throws InvalidInputException when the campaign has no such metric
   */
  public MetricKind kind(String metric) {
    MetricKind kind = kinds.get(metric);
    if (kind == null) {
      throw new InvalidInputException(
          name, "has no metric %s; expected one of %s".formatted(metric, new TreeMap<>(kinds)));
    }
    return kind;
  }

  /** The same posts under another name. */
  public Campaign named(String other) {
    return new Campaign(other, posts, kinds);
  }
}
