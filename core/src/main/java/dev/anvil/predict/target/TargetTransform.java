package dev.anvil.predict.target;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.anvil.InvalidInputException;
import dev.anvil.campaign.MetricKind;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Metric to target and back (docs/method.md section 1; the paper's preprocessing). Immutable;
 * serialises with Jackson (with its modules for Java 8 types and times).
 *
 * <p>Counts: divide by the {@link RollingMean} at the post's time; remove the linear trend of that
 * series, keeping its level, so that the root acts on amounts and not on deviations; signed cube
 * root; standardise. Rates: logit of the smoothed rate less the logit of the smoothed rolling mean;
 * trend; standardise. Values: less the rolling mean; trend; standardise. Trend, mean and standard
 * deviation are those of the training posts.
 *
 * <p>Beyond the last training post the trend flattens and stands still after half a year: a line
 * through the past says little of the far future.
 *
 * <p>The inverse is increasing, so quantiles and interval ends go through it; means do not: never
 * invert a mean of targets.
 */
public final class TargetTransform {
  static final double DAYS_PER_YEAR = 365.25;

  /** Years beyond the last training post after which the trend stands still. */
  private static final double DAMPED_YEARS = .5;

  /** The cube root is steep near 0: below this share of the usual level its slope stays. */
  private static final double LEAST_LEVEL = .1;

  private final State state;
  private final RollingMean rollingMean;
  private final Optional<LocalDateTime> oldest;
  private final Optional<LocalDateTime> newest;

  /**
   * What a user may set.
   *
   * @param kind of the metric
   * @param centred whether the rolling mean looks to both sides; this leaks the future
   * @param minHistory posts within the window without which a post has no target, 1 or more
   * @param since posts before are left out of fitting (the ramp-up); they stay history
   * @param cap larger values count as this one; infinite for none ({@link Outliers})
   * @param relative whether values are relative to a level already ({@link AccountLevels}), so that
   *     they are not divided by a rolling mean any more
   */
  public record Options(
      MetricKind kind,
      boolean centred,
      int minHistory,
      Optional<LocalDateTime> since,
      double cap,
      boolean relative) {
    /** With no cap, of values that are not relative. */
    public Options(
        MetricKind kind, boolean centred, int minHistory, Optional<LocalDateTime> since) {
      this(kind, centred, minHistory, since, Double.POSITIVE_INFINITY, false);
    }

    public Options {
      requireNonNull(kind, "kind is null");
      requireNonNull(since, "since is null");
      if (minHistory < 1) {
        throw new InvalidInputException(
            "min_history", "found %d; expected at least 1".formatted(minHistory));
      }
    }

    /** Twelve trailing months with ten posts or more, nothing left out. */
    public static Options standard(MetricKind kind) {
      return new Options(kind, false, 10, Optional.empty());
    }

    public Options withSince(LocalDateTime from) {
      return new Options(kind, centred, minHistory, Optional.of(from), cap, relative);
    }

    public Options withCap(double largest) {
      return new Options(kind, centred, minHistory, since, largest, relative);
    }

    /** Of values that are relative to a level. */
    public Options ofRelative() {
      return new Options(kind, centred, minHistory, since, cap, true);
    }

    /** What a value at the level itself is. */
    private double unit() {
      return kind == MetricKind.VALUE ? 0 : 1;
    }
  }

  /**
   * All that the transform is.
   *
   * @param history every measured post
   * @param smoothing rates are drawn away from 0 and 1 by this much; 0 for other kinds
   * @param origin time at which the trend is nil; empty when there is none, as no time is known
   * @param slope trend per year, before the root
   * @param mean of the training posts, after the root
   * @param sd of the training posts, after the root
   * @param end time of the last training post, beyond which the trend is damped; empty when no time
   *     is known
   * @param least smallest level above 0 of the training posts, before the root; of a count no
   *     forecast is lower
   */
  public record State(
      Options options,
      List<Observation> history,
      double smoothing,
      Optional<LocalDateTime> origin,
      double slope,
      double mean,
      double sd,
      Optional<LocalDateTime> end,
      double least) {
    public State {
      requireNonNull(options, "options is null");
      requireNonNull(origin, "origin is null");
      requireNonNull(end, "end is null");
      history = List.copyOf(history);
      if (!(sd > 0)) {
        throw new IllegalArgumentException("sd is %s; expected above 0".formatted(sd));
      }
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TargetTransform(State state) {
    this.state = state;
    this.rollingMean =
        new RollingMean(
            state.history().stream()
                .map(o -> new Observation(o.time(), capped(o.value())))
                .toList(),
            state.options().centred(),
            state.options().minHistory());
    this.oldest = times(state).min(LocalDateTime::compareTo);
    this.newest = times(state).max(LocalDateTime::compareTo);
  }

  private static Stream<LocalDateTime> times(State state) {
    return state.history().stream().map(Observation::time).flatMap(Optional::stream);
  }

  /**
   * Fits to posts.
   *
   * @param times when each post was published, in any order; without times there is no trend
   * @param values the metric of each post, NaN where not measured
   * @param training whether a post may be fitted to; all measured posts are history
   * @throws InvalidInputException if values do not suit the kind, or fewer than three training
   *     posts have enough history, or their targets are all equal
   */
  public static TargetTransform fit(
      Options options, List<Optional<LocalDateTime>> times, double[] values, boolean[] training) {
    return fit(options, times, Measured.of(values), training);
  }

  /** The same of values that may be smoothed: mean and standard deviation are weighted. */
  public static TargetTransform fit(
      Options options, List<Optional<LocalDateTime>> times, Measured metric, boolean[] training) {
    return TargetFitting.fit(options, times, metric, training);
  }

  /** The same, with targets in another transform's training standard deviations from its mean. */
  public TargetTransform inUnitsOf(TargetTransform other) {
    return with(other.state.mean(), other.state.sd());
  }

  /**
   * The same with later posts as history, so that posts after them have a rolling mean; what was
   * learned stays as it is.
   */
  public TargetTransform withLater(List<Observation> later) {
    List<Observation> history = new ArrayList<>(state.history());
    history.addAll(later);
    return new TargetTransform(
        new State(
            state.options(),
            history,
            state.smoothing(),
            state.origin(),
            state.slope(),
            state.mean(),
            state.sd(),
            state.end(),
            state.least()));
  }

  TargetTransform with(double mean, double sd) {
    return new TargetTransform(
        new State(
            state.options(),
            state.history(),
            state.smoothing(),
            state.origin(),
            state.slope(),
            mean,
            sd,
            state.end(),
            state.least()));
  }

  @JsonValue
  public State state() {
    return state;
  }

  /** Whether targets contain knowledge of later posts. */
  public boolean leaking() {
    return state.options().centred();
  }

  /** Whether a post at this time belongs to the ramp-up, which is left out of fitting. */
  public boolean leftOut(Optional<LocalDateTime> time) {
    return state
        .options()
        .since()
        .flatMap(since -> time.map(posted -> posted.isBefore(since)))
        .orElse(false);
  }

  /**
   * The target of a value at a time, in training standard deviations.
   *
   * @return empty when the value is NaN (not measured) or there is too little history to judge it
   */
  public OptionalDouble apply(Optional<LocalDateTime> time, double value) {
    boolean judged = state.options().relative() || rollingMean.at(time).isPresent();
    if (Double.isNaN(value) || !judged) {
      return OptionalDouble.empty();
    }
    double scale = scale(time);
    if (isRooted() && !(scale > 0)) {
      return OptionalDouble.empty();
    }
    double level = normalised(capped(value), scale) - trend(time);
    return OptionalDouble.of((root(level) - state.mean()) / state.sd());
  }

  /** The targets of many values; NaN where there is none. */
  public double[] apply(List<Optional<LocalDateTime>> times, double[] values) {
    return apply(times, Measured.of(values));
  }

  /**
   * The targets of many posts; NaN where there is none. A smoothed value hides part of what was
   * measured, and the less exposure the more, so that effects would come out too small. The target
   * is therefore the smoothed value's, plus what was hidden times the slope of the transform there:
   * the working response of a generalised linear model (McCullagh and Nelder 1989, section 2.5).
   */
  public double[] apply(List<Optional<LocalDateTime>> times, Measured metric) {
    return IntStream.range(0, metric.values().length)
        .mapToDouble(i -> target(times.get(i), metric, i).orElse(Double.NaN))
        .toArray();
  }

  OptionalDouble target(Optional<LocalDateTime> time, Measured metric, int post) {
    double value = metric.values()[post];
    OptionalDouble target = apply(time, value);
    double excess = metric.excess(post);
    return target.isEmpty() || excess == 0
        ? target
        : OptionalDouble.of(target.getAsDouble() + excess * slope(time, value));
  }

  /** How much the target grows with a value, per unit of the metric. */
  private double slope(Optional<LocalDateTime> time, double value) {
    double scale = scale(time);
    double inner =
        switch (state.options().kind()) {
          case COUNT, AMOUNT -> {
            double level = Math.max(LEAST_LEVEL, value / scale - trend(time));
            yield 1 / (3 * scale * Math.cbrt(level * level));
          }
          case RATE -> {
            double smoothed = smoothed(value);
            yield (1 - 2 * state.smoothing()) / (smoothed * (1 - smoothed));
          }
          case VALUE -> 1;
        };
    return inner / state.sd();
  }

  /**
   * The value that has this target at this time; the inverse of {@link #apply}. Where there is too
   * little history, the posts nearest in time give the scale. Counts are cut off below 0, rates at
   * 0 and 1.
   */
  public double invert(Optional<LocalDateTime> time, double target) {
    double level = unroot(target * state.sd() + state.mean()) + trend(time);
    double scale = scale(time);
    return switch (state.options().kind()) {
      case COUNT, AMOUNT -> Math.max(0, level * scale);
      case RATE -> unsmoothed(1 / (1 + Math.exp(-level - logit(scale))));
      case VALUE -> level + scale;
    };
  }

  /**
   * What a post with this target is expected to get: {@link #invert}, but for a count never less
   * than the least that was seen, at the scale of the time. A line that goes on downwards is no
   * ground to expect nothing.
   */
  public double expected(Optional<LocalDateTime> time, double target) {
    double inverted = invert(time, target);
    return isRooted() ? Math.max(inverted, state.least() * scale(time)) : inverted;
  }

  /** The metric at a target as a share of an average post's at the same time. */
  public double share(Optional<LocalDateTime> time, double target) {
    return invert(time, target) / Math.abs(invert(time, 0));
  }

  /**
   * Relative change of the metric when a prediction moves from one target to another: .12 is +12 %.
   * Of each prediction by itself; average afterwards.
   *
   * @return empty when the metric is 0 to begin with
   */
  public OptionalDouble ratio(Optional<LocalDateTime> time, double from, double to) {
    double before = invert(time, from);
    return before == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((invert(time, to) - before) / Math.abs(before));
  }

  /**
   * The rolling mean; beyond the last post it stays as it is after that post, since a window that
   * empties tells of its own posts, not of a change.
   */
  double scale(Optional<LocalDateTime> time) {
    if (state.options().relative()) {
      return state.options().unit();
    }
    boolean beyond =
        !state.options().centred()
            && time.isPresent()
            && newest.map(last -> time.get().isAfter(last)).orElse(false);
    return rollingMean.scaleAt(beyond ? newest.map(last -> last.plusNanos(1)) : time);
  }

  double capped(double value) {
    return Math.min(value, state.options().cap());
  }

  double normalised(double value, double scale) {
    return switch (state.options().kind()) {
      case COUNT, AMOUNT -> value / scale;
      case RATE -> logit(value) - logit(scale);
      case VALUE -> value - scale;
    };
  }

  private double logit(double rate) {
    double smoothed = smoothed(rate);
    return Math.log(smoothed / (1 - smoothed));
  }

  private double smoothed(double rate) {
    return state.smoothing() + (1 - 2 * state.smoothing()) * rate;
  }

  private double unsmoothed(double smoothed) {
    double rate = (smoothed - state.smoothing()) / (1 - 2 * state.smoothing());
    return Math.min(1, Math.max(0, rate));
  }

  /** Whether a metric is zero or more without a bound, so that its target is a cube root. */
  private boolean isRooted() {
    MetricKind kind = state.options().kind();
    return kind == MetricKind.COUNT || kind == MetricKind.AMOUNT;
  }

  private double root(double level) {
    return isRooted() ? Math.cbrt(level) : level;
  }

  private double unroot(double rooted) {
    return isRooted() ? rooted * rooted * rooted : rooted;
  }

  private double trend(Optional<LocalDateTime> time) {
    double end = years(state.end());
    double now = Math.max(years(oldest), years(time));
    double beyond = Math.max(0, Math.min(DAMPED_YEARS, now - end));
    double damped = beyond - beyond * beyond / (2 * DAMPED_YEARS);
    return state.slope() * (Math.min(now, end) + damped);
  }

  double years(Optional<LocalDateTime> time) {
    return state
        .origin()
        .flatMap(
            origin ->
                time.map(t -> Duration.between(origin, t).toSeconds() / 86_400.0 / DAYS_PER_YEAR))
        .orElse(0.0);
  }
}
