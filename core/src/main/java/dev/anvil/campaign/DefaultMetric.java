package dev.anvil.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which metric is fitted when nobody says. Of the metrics that vary and are known of at least half
 * of the posts, the one whose name comes first in {@link #RANKED}; nothing when several share that
 * place.
 */
final class DefaultMetric {
  /** What people mean to explain with pictures, the most usual first; each row is one place. */
  static final List<List<String>> RANKED =
      List.of(
          List.of("like", "favorite", "favourite", "heart", "reaction", "vote"),
          List.of("engagement", "interaction"),
          List.of("click", "linkclick"),
          List.of("result", "conversion", "purchase", "sale", "lead", "install", "signup"),
          List.of("save", "share", "repost", "retweet"),
          List.of("comment", "reply", "replie"),
          List.of("view", "play"),
          List.of("reach", "impression"));

  private static final double LEAST_KNOWN = .5;

  private DefaultMetric() {}

  /** The metrics in the first place that is taken; one of them is the default, several are none. */
  static List<String> of(List<Post> posts, List<String> metrics) {
    if (metrics.size() == 1) {
      return metrics;
    }
    List<String> usable =
        metrics.stream().filter(metric -> varies(posts, metric)).distinct().toList();
    int first = usable.stream().mapToInt(DefaultMetric::place).min().orElse(0);
    return usable.stream().filter(metric -> place(metric) == first).toList();
  }

  /** The only metric in the first place, if there is but one. */
  static Optional<String> only(List<Post> posts, Map<String, MetricKind> kinds) {
    List<String> candidates = of(posts, List.copyOf(kinds.keySet()));
    return candidates.stream().findFirst().filter(metric -> candidates.size() == 1);
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
    String word = MetricKind.word(metric);
    for (int place = 0; place < RANKED.size(); place++) {
      if (RANKED.get(place).contains(word)) {
        return place;
      }
    }
    return RANKED.size();
  }
}
