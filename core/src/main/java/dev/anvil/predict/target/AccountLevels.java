package dev.anvil.predict.target;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.anvil.campaign.MetricKind;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What is usual for each account (brand, advertiser, ...) of a campaign at a time: the rolling
 * twelve-month mean of its own metric, drawn towards the campaign's level by n / (n + k) on the log
 * scale, with n the posts of that mean and k the variance within accounts over that between them
 * (empirical Bayes; docs/method.md section 10). Immutable; serialises with Jackson.
 *
 * <p>Where an account has fewer than five posts in the twelve months before, the five posts before
 * count, or its first five. Without times, or where all are the same, all posts of the account
 * count.
 *
 * <p>A {@link MetricKind#VALUE} is taken as it is and a relative value is a difference; of all
 * other kinds logarithms are taken and a relative value is a ratio.
 */
public final class AccountLevels {
  private static final int LEAST_HISTORY = 5;

  /** Posts of an account without which nothing of it is known: one post is its own level. */
  private static final int LEAST_POSTS = 2;

  /** The campaign's trend is not believed to fall below this share. */
  private static final double LOWEST_TREND = .01;

  private final State state;
  private final Map<String, RollingMean> own = new HashMap<>();
  private final RollingMean trend;

  /**
   * All that the levels are.
   *
   * @param history measured posts by account
   * @param trend of all accounts together: values relative to the mean of their own account
   * @param typical mean over accounts of the logarithm of their mean
   * @param within variance of logarithms within accounts
   * @param between variance of accounts' means; 0 where they do not differ more than by chance
   * @param least what a mean of nil counts as, 1 post long
   */
  public record State(
      MetricKind kind,
      Map<String, List<Observation>> history,
      List<Observation> trend,
      double typical,
      double within,
      double between,
      double least) {
    public State {
      requireNonNull(kind, "kind is null");
      history = Map.copyOf(history);
      trend = List.copyOf(trend);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AccountLevels(State state) {
    this.state = state;
    state.history().forEach((name, posts) -> own.put(name, mean(posts)));
    this.trend = mean(state.trend());
  }

  private static RollingMean mean(List<Observation> posts) {
    long times = posts.stream().map(Observation::time).distinct().count();
    return new RollingMean(posts, false, times > 1 ? LEAST_HISTORY : Math.max(1, posts.size()));
  }

  /**
   * Learns levels.
   *
   * @param kind of the metric
   * @param accounts one per post; empty text where a post has none
   * @param values of the metric; NaN where not measured
   * @param training posts to learn from. All posts of an account with fewer than two of them count
   *     as its history, and for nothing else: it is new, and of a new account the level is given
   */
  public static AccountLevels fit(
      MetricKind kind,
      List<String> accounts,
      List<Optional<LocalDateTime>> times,
      double[] values,
      boolean[] training) {
    double[] trained = new double[values.length];
    for (int i = 0; i < trained.length; i++) {
      trained[i] = training[i] ? values[i] : Double.NaN;
    }
    Map<String, List<Observation>> known = histories(accounts, times, trained);
    AccountLevels learned = new AccountLevels(learn(kind, known));
    Map<String, List<Observation>> history = histories(accounts, times, values);
    known.values().removeIf(posts -> posts.size() < LEAST_POSTS);
    history.putAll(known);
    return learned.with(history);
  }

  /** The same with all measured posts of accounts as their history. */
  public AccountLevels withHistory(
      List<String> accounts, List<Optional<LocalDateTime>> times, double[] values) {
    return with(histories(accounts, times, values));
  }

  private AccountLevels with(Map<String, List<Observation>> history) {
    return new AccountLevels(
        new State(
            state.kind(),
            history,
            state.trend(),
            state.typical(),
            state.within(),
            state.between(),
            state.least()));
  }

  private static Map<String, List<Observation>> histories(
      List<String> accounts, List<Optional<LocalDateTime>> times, double[] values) {
    Map<String, List<Observation>> histories = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i]) && !accounts.get(i).isEmpty()) {
        histories
            .computeIfAbsent(accounts.get(i), a -> new ArrayList<>())
            .add(new Observation(times.get(i), values[i]));
      }
    }
    return histories;
  }

  private static State learn(MetricKind kind, Map<String, List<Observation>> history) {
    double least =
        history.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Observation::value)
                .filter(v -> v > 0)
                .min()
                .orElse(1)
            / 2;
    List<double[]> logs = new ArrayList<>();
    List<Observation> trend = new ArrayList<>();
    List<Double> levels = new ArrayList<>();
    for (List<Observation> posts : history.values()) {
      double mean = posts.stream().mapToDouble(Observation::value).average().orElseThrow();
      double level = link(kind, Math.max(mean, lowest(kind, least, posts.size())));
      levels.add(level);
      logs.add(
          posts.stream()
              .mapToDouble(p -> link(kind, Math.max(p.value(), lowest(kind, least, 1))))
              .toArray());
      posts.forEach(
          p ->
              trend.add(new Observation(p.time(), relative(kind, p.value(), unlink(kind, level)))));
    }
    double typical = levels.stream().mapToDouble(v -> v).average().orElse(0);
    double within = within(logs);
    return new State(kind, history, trend, typical, within, between(logs, within), least);
  }

  private static double lowest(MetricKind kind, double least, int posts) {
    return kind == MetricKind.VALUE ? Double.NEGATIVE_INFINITY : least / posts;
  }

  private static double within(List<double[]> accounts) {
    double squares = 0;
    int freedom = 0;
    for (double[] own : accounts) {
      double mean = Arrays.stream(own).average().orElseThrow();
      squares += DoubleStream.of(own).map(v -> (v - mean) * (v - mean)).sum();
      freedom += own.length - 1;
    }
    return squares / Math.max(1, freedom);
  }

  /** By the method of moments, from the mean squares of an analysis of variance. */
  private static double between(List<double[]> accounts, double within) {
    double posts = accounts.stream().mapToInt(own -> own.length).sum();
    if (accounts.size() < 2) {
      return 0;
    }
    double mean = accounts.stream().flatMapToDouble(Arrays::stream).sum() / posts;
    double squares = 0;
    double lengths = 0;
    for (double[] own : accounts) {
      double d = Arrays.stream(own).average().orElseThrow() - mean;
      squares += own.length * d * d;
      lengths += (double) own.length * own.length;
    }
    double size = (posts - lengths / posts) / (accounts.size() - 1);
    return Math.max(0, (squares / (accounts.size() - 1) - within) / size);
  }

  @JsonValue
  public State state() {
    return state;
  }

  /** How many posts of its own outweigh what the campaign says of an account; may be infinite. */
  public double pull() {
    return state.between() > 0 ? state.within() / state.between() : Double.POSITIVE_INFINITY;
  }

  /** The usual metric of an account at a time; empty where too little is known of it. */
  public OptionalDouble at(String account, Optional<LocalDateTime> time) {
    RollingMean mean = own.get(account);
    if (mean == null || state.history().get(account).size() < LEAST_POSTS) {
      return OptionalDouble.empty();
    }
    RollingMean.Mean near = mean.near(notBeyond(time, state.history().get(account)));
    double weight = near.posts() / (near.posts() + pull());
    double level =
        link(
            state.kind(),
            Math.max(near.value(), lowest(state.kind(), state.least(), near.posts())));
    double campaign = state.typical() + trend(time);
    return OptionalDouble.of(unlink(state.kind(), weight * level + (1 - weight) * campaign));
  }

  /** A level stays as it is after the last post: an emptying window tells of no change. */
  private static Optional<LocalDateTime> notBeyond(
      Optional<LocalDateTime> time, List<Observation> posts) {
    Optional<LocalDateTime> newest =
        posts.stream().flatMap(p -> p.time().stream()).max(LocalDateTime::compareTo);
    return time.isPresent() && newest.map(last -> time.get().isAfter(last)).orElse(false)
        ? newest.map(last -> last.plusNanos(1))
        : time;
  }

  private double trend(Optional<LocalDateTime> time) {
    double here = trend.near(notBeyond(time, state.trend())).value();
    return state.kind() == MetricKind.VALUE ? here : Math.log(Math.max(here, LOWEST_TREND));
  }

  /** The mean relative to the own account at each post: what all accounts have in common. */
  public List<Observation> common() {
    return state.trend();
  }

  /** A value relative to what is usual; NaN where that, or the value, is not known. */
  public double relative(String account, Optional<LocalDateTime> time, double value) {
    OptionalDouble usual = at(account, time);
    return usual.isPresent() ? relative(state.kind(), value, usual.getAsDouble()) : Double.NaN;
  }

  /** The same for many posts. */
  public double[] relative(
      List<String> accounts, List<Optional<LocalDateTime>> times, double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> relative(accounts.get(i), times.get(i), values[i]))
        .toArray();
  }

  /** The same for posts whose values may be smoothed. */
  public Measured relative(
      List<String> accounts, List<Optional<LocalDateTime>> times, Measured metric) {
    double[] relative = relative(accounts, times, metric.values());
    if (metric.smoothed().isNone()) {
      return Measured.of(relative);
    }
    double[] observed = relative(accounts, times, metric.smoothed().observed(metric.values()));
    double[] excess =
        IntStream.range(0, relative.length).mapToDouble(i -> observed[i] - relative[i]).toArray();
    return new Measured(relative, metric.smoothed().withExcess(excess));
  }

  /** The value that is so much relative to a level; the inverse of {@link #relative}. */
  public double absolute(double usual, double relative) {
    return switch (state.kind()) {
      case VALUE -> usual + relative;
      case RATE -> Math.min(1, usual * relative);
      case COUNT, AMOUNT -> usual * relative;
    };
  }

  /** What kind of metric relative values are. */
  public static MetricKind relativeKind(MetricKind kind) {
    return kind == MetricKind.VALUE ? MetricKind.VALUE : MetricKind.AMOUNT;
  }

  private static double relative(MetricKind kind, double value, double usual) {
    return kind == MetricKind.VALUE ? value - usual : value / usual;
  }

  private static double link(MetricKind kind, double value) {
    return kind == MetricKind.VALUE ? value : Math.log(value);
  }

  private static double unlink(MetricKind kind, double value) {
    return kind == MetricKind.VALUE ? value : Math.exp(value);
  }
}
