package dev.anvil.predict;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.predict.refit.Clusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The accounts that a model was fitted to.
 *
 * @param column that names them
 * @param accounts number of them with posts that were fitted to
 * @param effective number of equally large accounts that would tell as much: one over the sum of
 *     squared shares of posts
 * @param largest name of the one with most posts
 * @param largestShare its share of the posts
 * @param unnamed measured posts that name no account; left out of fitting
 * @param single measured posts that are the only one of their account; left out of fitting
 * @param differences share of the variance of the logarithm of the metric that accounts explain (of
 *     the metric, where it can be below 0)
 */
public record AccountSummary(
    String column,
    int accounts,
    double effective,
    String largest,
    double largestShare,
    int unnamed,
    int single,
    double differences) {
  public AccountSummary {
    requireNonNull(column, "column is null");
    requireNonNull(largest, "largest is null");
  }

  /**
   * Counts.
   *
   * @param posts that the model was fitted to, in the order of the fit
   */
  static AccountSummary of(Accounts accounts, String metric, List<Post> posts, int[] fitRows) {
    List<String> names = accounts.of(posts);
    Map<String, Long> fitted =
        IntStream.of(fitRows)
            .mapToObj(names::get)
            .collect(Collectors.groupingBy(n -> n, TreeMap::new, Collectors.counting()));
    Map.Entry<String, Long> largest =
        fitted.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    double squares = fitted.values().stream().mapToDouble(n -> (double) n * n).sum();
    double within = accounts.levels().state().within();
    double between = accounts.levels().state().between();
    return new AccountSummary(
        accounts.column(),
        fitted.size(),
        (double) fitRows.length * fitRows.length / squares,
        largest.getKey(),
        (double) largest.getValue() / fitRows.length,
        (int)
            IntStream.range(0, posts.size())
                .filter(i -> names.get(i).isEmpty() && posts.get(i).metric(metric).isPresent())
                .count(),
        (int)
            accounts.levels().state().history().values().stream()
                .filter(own -> own.size() == 1)
                .count(),
        between + within > 0 ? between / (between + within) : 0);
  }

  /** Whether anything can be said of accounts in general. */
  public boolean general() {
    return accounts >= Clusters.LEAST;
  }

  /** What a reader must know, in plain sentences. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        String.format(
            Locale.ROOT,
            "The target is relative to the usual level of each %s: %d of them, which count as %.1f of"
                + " equal size (%s has %.0f %% of the posts). They explain %.0f %% of the variance of"
                + " the metric, which is not learned from.",
            column,
            accounts,
            effective,
            largest,
            100 * largestShare,
            100 * differences));
    if (!general()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "With %d, results hold for these only: nothing is claimed of a new %s or of %s in"
                  + " general, for which %d are needed.",
              accounts,
              column,
              column,
              Clusters.LEAST));
    } else if (effective < Clusters.LEAST) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Most of what is learned comes from %s; effects in other groups are less certain than"
                  + " the number of posts suggests.",
              largest));
    }
    return sentences;
  }
}
