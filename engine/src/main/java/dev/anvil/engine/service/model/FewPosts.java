package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.Problem;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.Decimals;
import dev.anvil.campaign.Post;
import dev.anvil.stats.Descriptive;
import dev.anvil.stats.StudentT;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can honestly be given of a campaign that is too small to learn from its pictures. */
public final class FewPosts {
  /** Fewer posts, or pictures, are not even described. */
  static final int FEWEST = 5;

  /** From so many on, a model learns from pictures. */
  public static final int ENOUGH = 60;

  private static final int HISTORY = 10;
  private static final double MOST_MISSING = .5;

  /** Errors that an effect must be apart from 0 for 80 % power at .05 two-sided. */
  private static final double POWERED = 2.8;

  private static final double DIFFERENCE = .1;

  private FewPosts() {}

  /**
   * Refuses a campaign that has next to nothing, or nothing to explain.
   *
   * @throws InvalidInputException saying how many posts are needed for what, or that all got the
   *     same
   */
  static void require(Campaign campaign, String metric) {
    int posts = measured(campaign, metric).size();
    if (posts < FEWEST) {
      throw new InvalidInputException(
          campaign.name(),
          "has %d posts with %s; expected at least %d to describe them, and %d to learn from pictures"
              .formatted(posts, metric, FEWEST, ENOUGH));
    }
    long pictures = campaign.posts().stream().map(Post::creative).distinct().count();
    if (pictures < FEWEST) {
      throw new InvalidInputException(
          campaign.name(),
          "has %d posts of %d %s; expected at least %d different pictures, to tell what in them matters"
              .formatted(posts, pictures, pictures == 1 ? "picture" : "pictures", FEWEST));
    }
    if (!varies(campaign, metric)) {
      throw new InvalidInputException(
          List.of(
              new Problem(
                  campaign.name(),
                  "%s is %s for all %d posts, so there is nothing to explain; expected values that differ"
                      .formatted(
                          metric,
                          Decimals.plain(values(measured(campaign, metric), metric)[0]),
                          posts),
                  campaign.kinds().keySet().stream()
                      .filter(other -> varies(campaign, other))
                      .findFirst()
                      .map(other -> new Mend("metric", other)))));
    }
  }

  private static boolean varies(Campaign campaign, String metric) {
    double[] values = values(measured(campaign, metric), metric);
    return Arrays.stream(values).distinct().limit(2).count() > 1;
  }

  /** Whether too few to learn from pictures. */
  static boolean are(Campaign campaign, String metric) {
    return measured(campaign, metric).size() < ENOUGH;
  }

  private static List<Post> measured(Campaign campaign, String metric) {
    return campaign.posts().stream().filter(p -> p.metric(metric).isPresent()).toList();
  }

  /**
   * The campaign as if its posts had no dates, where they are too few or too far apart for a trend:
   * fewer than half have ten posts in the twelve months before.
   */
  static Optional<Campaign> undated(Campaign campaign, String metric) {
    if (!campaign.isDated()) {
      return Optional.empty();
    }
    List<LocalDateTime> times =
        measured(campaign, metric).stream().map(p -> p.time().orElseThrow()).toList();
    long rich =
        times.stream()
            .filter(
                t ->
                    times.stream()
                            .filter(o -> o.isBefore(t) && !o.isBefore(t.minusMonths(12)))
                            .count()
                        >= HISTORY)
            .count();
    return times.size() >= ENOUGH && rich >= MOST_MISSING * times.size()
        ? Optional.empty()
        : Optional.of(
            new Campaign(
                campaign.name(),
                campaign.posts().stream()
                    .map(
                        p ->
                            new Post(
                                p.id(),
                                p.creative(),
                                p.picture(),
                                Optional.empty(),
                                p.metrics(),
                                p.metadata()))
                    .toList(),
                campaign.kinds(),
                campaign.advice()));
  }

  /** How many posts are needed for what, in a sentence. */
  static String needed(Campaign campaign, String metric) {
    double[] values = values(measured(campaign, metric), metric);
    Descriptive all = Descriptive.of(values);
    String difference =
        all.mean() > 0
            ? String.format(
                Locale.ROOT,
                ", and about %.0f to find that one half of the posts gets %.0f %% more than the other",
                Math.ceil(Math.pow(2 * POWERED * all.sd() / all.mean() / DIFFERENCE, 2)),
                100 * DIFFERENCE)
            : "";
    return "%d posts are too few to learn from pictures: %d are needed for a model%s."
        .formatted(values.length, ENOUGH, difference);
  }

  /**
   * The spread of the metric, and means of groups of posts with 95 % intervals.
   *
   * @param columns whose values make groups
   */
  static List<String> description(Campaign campaign, String metric, List<String> columns) {
    List<Post> posts = measured(campaign, metric);
    Descriptive all = Descriptive.of(values(posts, metric));
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s of %d posts: median %.4g, mean %.4g, from %.4g to %.4g.",
            metric,
            all.count(),
            all.median(),
            all.mean(),
            all.minimum(),
            all.maximum()));
    for (String column : columns) {
      Map<String, List<Post>> groups =
          posts.stream()
              .filter(p -> Objects.nonNull(p.metadata().get(column)))
              .collect(
                  Collectors.groupingBy(
                      p -> p.metadata().get(column), TreeMap::new, Collectors.toList()));
      boolean numbers = groups.keySet().stream().allMatch(v -> v.matches("[-+]?[0-9.]+"));
      if (!numbers && groups.size() > 1 && groups.values().stream().anyMatch(g -> g.size() > 1)) {
        groups.forEach((value, group) -> lines.add(line(column, value, values(group, metric))));
      }
    }
    return lines;
  }

  private static String line(String column, String value, double[] values) {
    String of = "%s %s: ".formatted(column, value);
    if (values.length < 2) {
      return of + String.format(Locale.ROOT, "%.4g (1 post)", values[0]);
    }
    double mean = Descriptive.mean(values);
    double half =
        new StudentT(values.length - 1).quantile(.975)
            * Descriptive.sd(values)
            / Math.sqrt(values.length);
    return of
        + String.format(
            Locale.ROOT,
            "mean %.4g (%d posts, 95 %% interval %.4g to %.4g)",
            mean,
            values.length,
            mean - half,
            mean + half);
  }

  private static double[] values(List<Post> posts, String metric) {
    return posts.stream().mapToDouble(p -> p.metric(metric).orElseThrow()).toArray();
  }

  /** Notes that apply, in order. */
  static List<String> notes(Campaign asImported, String metric, List<String> columns) {
    return Stream.concat(
            undated(asImported, metric).isPresent()
                ? Stream.of(
                    "Posts are too few or too far apart for a trend, so they are taken as if without"
                        + " dates.")
                : Stream.empty(),
            are(asImported, metric)
                ? description(asImported, metric, columns).stream()
                : Stream.empty())
        .toList();
  }
}
