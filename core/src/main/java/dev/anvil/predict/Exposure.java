package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.Campaign;
import dev.anvil.campaign.ColumnMatch;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.predict.target.Smoothed;
import dev.anvil.stats.Descriptive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A metric per exposure, such as clicks per impression: rates with the variance that they have.
 *
 * <p>A rate of much exposure is known well, one of little is mostly chance. Rates are drawn towards
 * the common one by empirical Bayes: (y + m r) / (n + m) for y of n, where r is the rate of all
 * posts together and m the exposure that is worth as much as what is known beforehand, from the
 * variance between posts by the method of moments (Kleinman 1973). A post weighs n / (n + m).
 *
 * @param metric that is divided
 * @param column of the exposure
 * @param name of the rate, for people
 * @param unit exposures that the rate is of, such as 1000
 * @param mean rate of all posts together, per unit
 * @param strength m, in exposures
 * @param meanWeight mean of n / (n + m), by which weights are divided
 * @param median exposure of a post
 * @param share whether each unit counts at most once, so that the rate is a share
 */
public record Exposure(
    String metric,
    String column,
    String name,
    double unit,
    double mean,
    double strength,
    double meanWeight,
    double median,
    boolean share) {
  private static final int FEWEST = 3;

  /** A share above this is modelled on the logit, below per so many that it is at least 1. */
  private static final double LARGE_SHARE = .1;

  public Exposure {
    requireNonNull(metric, "metric is null");
    requireNonNull(column, "column is null");
    requireNonNull(name, "name is null");
  }

  /** A post's metric and its exposure, above 0. */
  private record Pair(double y, double n) {
    double rate() {
      return y / n;
    }
  }

  /**
   * Learns rates from posts.
   *
   * @param asked name of the exposure's column or metric, as people type it
   * @throws InvalidInputException when there is none, or fewer than three posts have both
   */
  public static Exposure of(Campaign campaign, String metric, String asked) {
    Set<String> columns = new TreeSet<>();
    for (Post post : campaign.posts()) {
      columns.addAll(post.metrics().keySet());
      columns.addAll(post.metadata().keySet());
    }
    columns.remove(metric);
    String column = ColumnMatch.require("--per", asked, columns);
    List<Pair> pairs = new ArrayList<>();
    campaign.posts().forEach(post -> pair(post, metric, column).ifPresent(pairs::add));
    if (pairs.size() < FEWEST) {
      throw new InvalidInputException(
          "--per",
          "found %d posts with %s and with %s above 0; expected at least %d"
              .formatted(pairs.size(), metric, column, FEWEST));
    }
    return of(campaign.kind(metric), metric, column, pairs);
  }

  private static Exposure of(MetricKind kind, String metric, String column, List<Pair> pairs) {
    double y = pairs.stream().mapToDouble(Pair::y).sum();
    double n = pairs.stream().mapToDouble(Pair::n).sum();
    double r = y / n;
    if (!(r > 0)) {
      throw new InvalidInputException(
          "--per", "found %s of 0 in all posts; expected some above 0".formatted(metric));
    }
    boolean share = kind == MetricKind.COUNT && pairs.stream().allMatch(p -> p.y() <= p.n());
    double strength = strength(pairs, r, n, kind == MetricKind.COUNT, share);
    boolean large = share && r >= LARGE_SHARE;
    double unit = large || r >= 1 ? 1 : Math.max(1000, Math.pow(10, Math.ceil(-Math.log10(r))));
    String per =
        unit == 1
            ? column.replaceAll("(?<=[^s])s$", "")
            : String.format(Locale.ROOT, "%,.0f %s", unit, column);
    return new Exposure(
        metric,
        column,
        metric + " per " + per,
        unit,
        r * unit,
        strength,
        pairs.stream().mapToDouble(p -> p.n() / (p.n() + strength)).average().orElseThrow(),
        Descriptive.median(pairs.stream().mapToDouble(Pair::n).toArray()),
        large);
  }

  /** Noise of a rate times its exposure, over the variance between posts. */
  private static double strength(
      List<Pair> pairs, double r, double n, boolean counted, boolean share) {
    int k = pairs.size();
    double weighted = 0;
    double plain = 0;
    double squares = 0;
    double inverse = 0;
    for (Pair p : pairs) {
      double deviation = (p.rate() - r) * (p.rate() - r);
      weighted += p.n() * deviation;
      plain += deviation;
      squares += p.n() * p.n();
      inverse += 1 / p.n();
    }
    double reach = n - squares / n;
    double noise = share ? r * (1 - r) : r;
    if (!counted) {
      // an amount has no noise of its own: two equations for the noise and the variance between
      double determinant = (k - 1) * (double) k - reach * inverse;
      double solved = (weighted * k - plain * reach) / determinant;
      noise = determinant != 0 && solved > 0 ? solved : r;
    }
    double between = (weighted - noise * (k - 1)) / reach;
    // where nothing but noise is seen, what is known beforehand is worth the median post
    double most = Descriptive.median(pairs.stream().mapToDouble(Pair::n).toArray());
    return between > 0 ? Math.min(most, noise / between) : most;
  }

  private static Optional<Pair> pair(Post post, String metric, String column) {
    OptionalDouble n =
        MetadataColumn.value(post, column)
            .map(MetadataColumn::parse)
            .orElse(OptionalDouble.empty());
    return post.metric(metric).isPresent() && n.isPresent() && n.getAsDouble() > 0
        ? Optional.of(new Pair(post.metric(metric).getAsDouble(), n.getAsDouble()))
        : Optional.empty();
  }

  /** The rate of y of n, drawn towards the common one, per unit. */
  public double rate(double y, double n) {
    return (unit * y + strength * mean) / (n + strength);
  }

  /** How much a post of so much exposure weighs; 1 on average. */
  public double weight(double n) {
    return n / (n + strength) / meanWeight;
  }

  /** How rates of posts are smoothed; posts without one weigh 1 and are not learned from. */
  public Smoothed smoothed(List<Post> posts) {
    List<Optional<Pair>> pairs = posts.stream().map(p -> pair(p, metric, column)).toList();
    return new Smoothed(
        pairs.stream().mapToDouble(p -> p.map(x -> weight(x.n())).orElse(1.0)).toArray(),
        pairs.stream()
            .mapToDouble(p -> p.map(x -> unit * x.rate() - rate(x.y(), x.n())).orElse(Double.NaN))
            .toArray());
  }

  /** The campaign with the rate as one more metric, where a post has one. */
  public Campaign rates(Campaign campaign) {
    Map<String, MetricKind> kinds = new TreeMap<>(campaign.kinds());
    kinds.put(name, share ? MetricKind.RATE : MetricKind.AMOUNT);
    return new Campaign(
        campaign.name(),
        campaign.posts().stream().map(this::rated).toList(),
        kinds,
        campaign.advice());
  }

  private Post rated(Post post) {
    return pair(post, metric, column)
        .map(
            x -> {
              Map<String, Double> metrics = new TreeMap<>(post.metrics());
              metrics.put(name, rate(x.y(), x.n()));
              return new Post(
                  post.id(),
                  post.creative(),
                  post.picture(),
                  post.time(),
                  metrics,
                  post.metadata());
            })
        .orElse(post);
  }

  /** What a person should know of these rates, in sentences. */
  public List<String> notes(Campaign campaign) {
    List<String> notes = new ArrayList<>();
    List<String> without =
        campaign.posts().stream()
            .filter(p -> p.metric(metric).isPresent() && pair(p, metric, column).isEmpty())
            .map(p -> p.picture().getFileName().toString())
            .toList();
    if (!without.isEmpty()) {
      notes.add(
          "%d %s no %s (missing, 0 or no number) and %s set aside: %s."
              .formatted(
                  without.size(),
                  without.size() == 1 ? "post has" : "posts have",
                  column,
                  without.size() == 1 ? "is" : "are",
                  without.stream().limit(3).collect(Collectors.joining(", "))
                      + (without.size() > 3 ? ", ..." : "")));
    }
    long above =
        campaign.posts().stream()
            .flatMap(p -> pair(p, metric, column).stream())
            .filter(x -> x.y() > x.n())
            .count();
    if (above > 0) {
      notes.add(
          "%d %s more %s than %s, so %s is a rate that may be above 1, not a share."
              .formatted(above, above == 1 ? "post has" : "posts have", metric, column, name));
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "Rates of few %s are drawn towards the common %.3g %s, and count less: a post of %.0f %s"
                + " counts half as much as one of very many.",
            column,
            mean,
            name,
            strength,
            column));
    return notes;
  }
}
