package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A campaign at a glance.
 *
 * @param posts number of posts
 * @param creatives number of different pictures
 * @param metrics by name, sorted
 * @param missingMetadata number of posts in which a metadata column is unknown; those known of all
 *     posts count 0
 * @param perMonth number of posts of every month from the first to the last
 * @param formats number of creatives per ending of their file's name
 * @param pictureSizes number of creatives per size such as 384x288, of those whose size is known
 */
public record CampaignSummary(
    String name,
    int posts,
    int creatives,
    LocalDateTime first,
    LocalDateTime last,
    Map<String, MetricSummary> metrics,
    Map<String, Integer> missingMetadata,
    Map<YearMonth, Integer> perMonth,
    Map<String, Integer> formats,
    Map<String, Integer> pictureSizes) {

  /**
   * The distribution of one metric over the posts in which it is known.
   *
   * @param missing number of posts in which it is not
   */
  public record MetricSummary(
      int known,
      int missing,
      double min,
      double lowerQuartile,
      double median,
      double upperQuartile,
      double max,
      double mean) {
    static MetricSummary of(double[] values, int posts) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return new MetricSummary(
          sorted.length,
          posts - sorted.length,
          quantile(sorted, 0),
          quantile(sorted, .25),
          quantile(sorted, .5),
          quantile(sorted, .75),
          quantile(sorted, 1),
          Arrays.stream(sorted).average().orElseThrow());
    }

    /** Linear interpolation between order statistics (Hyndman and Fan 1996, type 7). */
    private static double quantile(double[] sorted, double p) {
      double at = p * (sorted.length - 1);
      int below = (int) at;
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
  }

  /**
   * Describes a campaign.
   *
   * @param pictureSize tells a picture's size, such as 384x288, where it is known
   * @throws InvalidInputException when the campaign has no posts
   */
  public static CampaignSummary of(
      Campaign campaign, Function<Path, Optional<String>> pictureSize) {
    List<Post> posts = campaign.posts();
    if (posts.isEmpty()) {
      throw new InvalidInputException(campaign.name(), "has no posts; expected at least one");
    }
    Map<String, Path> creatives = new LinkedHashMap<>();
    posts.forEach(post -> creatives.putIfAbsent(post.creative(), post.picture()));
    return new CampaignSummary(
        campaign.name(),
        posts.size(),
        creatives.size(),
        posts.get(0).time(),
        posts.get(posts.size() - 1).time(),
        metrics(posts),
        missingMetadata(posts),
        perMonth(posts),
        counts(creatives.values().stream().map(TableFiles::ending)),
        counts(creatives.values().stream().flatMap(file -> pictureSize.apply(file).stream())));
  }

  private static Map<String, MetricSummary> metrics(List<Post> posts) {
    Map<String, MetricSummary> summaries = new TreeMap<>();
    posts.stream()
        .flatMap(post -> post.metrics().keySet().stream())
        .distinct()
        .forEach(
            metric ->
                summaries.put(
                    metric,
                    MetricSummary.of(
                        posts.stream()
                            .map(post -> post.metric(metric))
                            .flatMapToDouble(OptionalDouble::stream)
                            .toArray(),
                        posts.size())));
    return summaries;
  }

  private static Map<String, Integer> missingMetadata(List<Post> posts) {
    Map<String, Integer> missing = new TreeMap<>();
    counts(posts.stream().flatMap(post -> post.metadata().keySet().stream()))
        .forEach((column, known) -> missing.put(column, posts.size() - known));
    return missing;
  }

  private static Map<YearMonth, Integer> perMonth(List<Post> posts) {
    Map<YearMonth, Integer> perMonth = new TreeMap<>();
    YearMonth last = YearMonth.from(posts.get(posts.size() - 1).time());
    for (YearMonth month = YearMonth.from(posts.get(0).time());
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      perMonth.put(month, 0);
    }
    posts.forEach(post -> perMonth.merge(YearMonth.from(post.time()), 1, Integer::sum));
    return perMonth;
  }

  private static Map<String, Integer> counts(Stream<String> values) {
    Map<String, Integer> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return counts;
  }
}
