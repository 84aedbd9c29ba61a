package dev.anvil.predict;

import dev.anvil.InvalidInputException;
import dev.anvil.campaign.MetricKind;
import dev.anvil.campaign.Post;
import dev.anvil.predict.target.AccountLevels;
import dev.anvil.predict.target.Measured;
import dev.anvil.predict.target.Observation;
import dev.anvil.predict.target.Smoothed;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The metric of posts, which is taken relative to what is usual for the account of each where posts
 * belong to several. What is usual is learned from training posts only.
 *
 * @param kind of the metric as it is measured
 * @param times one per post
 * @param measured one per post, NaN where not measured
 * @param accounts one per post, where posts belong to several
 * @param smoothed how the measured values were smoothed, where they are rates per exposure
 */
public record MetricValues(
    MetricKind kind,
    List<Optional<LocalDateTime>> times,
    double[] measured,
    Optional<List<String>> accounts,
    Smoothed smoothed) {
  /**
   * Of posts.
   *
   * @param group column of their metadata that names the account, where there are several
   * @param smoothed how the metric was smoothed
   * @throws InvalidInputException when no post has the metric
   */
  public static MetricValues of(
      List<Post> posts, String metric, MetricKind kind, Optional<String> group, Smoothed smoothed) {
    double[] measured =
        posts.stream().mapToDouble(p -> p.metric(metric).orElse(Double.NaN)).toArray();
    if (IntStream.range(0, measured.length).allMatch(i -> Double.isNaN(measured[i]))) {
      throw new InvalidInputException("metric", "no post has a value of \"%s\"".formatted(metric));
    }
    return new MetricValues(
        kind,
        posts.stream().map(Post::time).toList(),
        measured,
        group.map(column -> Accounts.of(posts, column)),
        smoothed);
  }

  /** What is usual for each account, as training posts tell. */
  Optional<AccountLevels> levels(boolean[] training) {
    return accounts.map(names -> AccountLevels.fit(kind, names, times, measured, training));
  }

  /** The same of all posts. */
  Optional<AccountLevels> levels() {
    boolean[] all = new boolean[measured.length];
    Arrays.fill(all, true);
    return levels(all);
  }

  /** What a model learns from, given what is usual. */
  Measured values(Optional<AccountLevels> levels) {
    return levels
        .map(l -> l.relative(accounts.orElseThrow(), times, new Measured(measured, smoothed)))
        .orElseGet(() -> new Measured(measured, smoothed));
  }

  /** What a model learns from, as those know it who know the training posts only. */
  public Measured knowing(int[] training) {
    return values(levels(flags(training)));
  }

  /**
   * The same, where what is usual for an account follows its posts up to each one. How far accounts
   * differ is learned from the training posts only.
   */
  public Measured following(int[] training) {
    return values(
        accounts.map(
            names ->
                AccountLevels.fit(kind, names, times, measured, flags(training))
                    .withHistory(names, times, measured)));
  }

  private boolean[] flags(int[] training) {
    boolean[] known = new boolean[measured.length];
    IntStream.of(training).forEach(i -> known[i] = true);
    return known;
  }

  /** What all posts have in common over time, for a look at how a campaign began. */
  List<Observation> common(Optional<AccountLevels> levels) {
    return levels
        .map(AccountLevels::common)
        .orElseGet(
            () ->
                IntStream.range(0, measured.length)
                    .filter(i -> !Double.isNaN(measured[i]))
                    .mapToObj(i -> new Observation(times.get(i), measured[i]))
                    .toList());
  }
}
