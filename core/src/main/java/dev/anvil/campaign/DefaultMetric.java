package dev.anvil.campaign;

import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Metric;
import dev.anvil.campaign.header.Names;
import dev.anvil.campaign.table.RawTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which metric is fitted when nobody says. Of the metrics that vary and are known of at least half
 * of the posts, the one whose name comes first in {@code headers.txt}: likes, reactions,
 * engagements, link clicks, clicks, results, and so on. Nothing when several share that place.
 */
final class DefaultMetric {
  private static final double LEAST_KNOWN = .5;

  private DefaultMetric() {}

  /** The metrics in the first place that is taken; one of them is the default, several are none. */
  static List<String> of(List<Post> posts, List<String> metrics) {
    if (metrics.size() == 1) {
      return metrics;
    }
    return first(metrics.stream().filter(metric -> varies(posts, metric)).distinct().toList());
  }

  private static List<String> first(List<String> metrics) {
    int first = metrics.stream().mapToInt(DefaultMetric::place).min().orElse(0);
    return metrics.stream().filter(metric -> place(metric) == first).toList();
  }

  /** The only metric in the first place, if there is but one. */
  static Optional<String> only(List<Post> posts, Map<String, MetricKind> kinds) {
    List<String> candidates = of(posts, List.copyOf(kinds.keySet()));
    return candidates.stream().findFirst().filter(metric -> candidates.size() == 1);
  }

  /**
   * Metrics of which a wrong value sets its row aside: the first that is chosen, or those that may
   * become the default. A wrong value of any other metric is unknown.
   */
  static Set<String> primary(RawTable table, List<String> metrics, ColumnMapping mapping) {
    Optional<String> chosen =
        mapping.metrics().stream().findFirst().flatMap(name -> Names.same(name, metrics));
    if (chosen.isPresent()) {
      return Set.of(chosen.get());
    }
    List<String> known =
        metrics.stream()
            .filter(m -> table.known(m).size() >= LEAST_KNOWN * table.rows().size())
            .toList();
    return new HashSet<>(first(known.isEmpty() ? metrics : known));
  }

  private static boolean varies(List<Post> posts, String metric) {
    double[] known =
        posts.stream()
            .filter(post -> post.metric(metric).isPresent())
            .mapToDouble(post -> post.metric(metric).getAsDouble())
            .toArray();
    return known.length >= LEAST_KNOWN * posts.size()
        && Arrays.stream(known).distinct().count() > 1;
  }

  private static int place(String metric) {
    return Headers.KNOWN.metric(metric).map(Metric::place).orElse(Integer.MAX_VALUE);
  }
}
