package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.Problem;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The posts that one model is fitted to, oldest first.
 *
 * @param name shown to people
 * @param posts sorted by time, then id
 * @param kinds metric to what its values can be, as decided at import
 * @param advice what import decided or suggests; {@link Advice#NONE} for null
 */
public record Campaign(
    String name, List<Post> posts, Map<String, MetricKind> kinds, Advice advice) {
  public Campaign {
    requireNonNull(name, "name is null");
    posts =
        posts.stream()
            .sorted(
                Comparator.comparing((Post post) -> post.time().orElse(LocalDateTime.MIN))
                    .thenComparing(Post::id))
            .toList();
    kinds = Map.copyOf(kinds);
    advice = requireNonNullElse(advice, Advice.NONE);
  }

  /** A campaign without advice. */
  public Campaign(String name, List<Post> posts, Map<String, MetricKind> kinds) {
    this(name, posts, kinds, Advice.NONE);
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

  /**
   * The metric to fit: the one that was asked for, else the one that import chose, else the {@link
   * DefaultMetric}.
   *
   * @throws InvalidInputException when there is no such metric, or several are equally plausible
   */
  public String metricToFit(Optional<String> asked) {
    Set<String> metrics = new TreeSet<>();
    posts.forEach(post -> metrics.addAll(post.metrics().keySet()));
    if (metrics.isEmpty()) {
      throw new InvalidInputException(name, "has no metric; expected a column of likes or clicks");
    }
    String metric =
        asked
            .or(advice::metric)
            .or(() -> DefaultMetric.only(posts, kinds))
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        List.of(
                            new Problem(
                                "metric",
                                "is open: %s are equally plausible; expected one to be chosen"
                                    .formatted(String.join(", ", metrics)),
                                metrics.stream()
                                    .findFirst()
                                    .map(first -> new Mend("metric", first))))));
    if (!metrics.contains(metric)) {
      throw new InvalidInputException(
          "metric", "found \"%s\"; expected one of %s".formatted(metric, metrics));
    }
    return metric;
  }

  /** Whether the time of every post is known; else there is no trend and no temporal split. */
  @JsonIgnore
  public boolean isDated() {
    return posts.stream().allMatch(post -> post.time().isPresent());
  }

  /** The time of the oldest post; empty when the campaign has no dates. */
  public Optional<LocalDateTime> first() {
    return isDated() && !posts.isEmpty() ? posts.get(0).time() : Optional.empty();
  }

  /** The time of the newest post; empty when the campaign has no dates. */
  public Optional<LocalDateTime> last() {
    return isDated() && !posts.isEmpty() ? posts.get(posts.size() - 1).time() : Optional.empty();
  }

  /** The same without the posts that are too young to be fitted to. */
  public Campaign mature() {
    if (advice.matureUntil().isEmpty()) {
      return this;
    }
    LocalDateTime until = advice.matureUntil().get();
    return of(
        posts.stream()
            .filter(post -> post.time().map(time -> !time.isAfter(until)).orElse(true))
            .toList());
  }

  /** The same with some of its posts only. */
  public Campaign of(List<Post> some) {
    return new Campaign(name, some, kinds, advice);
  }

  /** The same posts under another name. */
  public Campaign named(String other) {
    return new Campaign(other, posts, kinds, advice);
  }
}
