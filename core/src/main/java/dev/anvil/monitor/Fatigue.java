package dev.anvil.monitor;

import dev.anvil.stats.Interval;
import dev.anvil.stats.StudentT;
import dev.anvil.stats.Tost;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * Whether an element or a repeated creative loses over time: the slope of the residuals of posts
 * with it, compared with the other posts of the same months. It is never compared with a peak: the
 * largest of many noisy numbers always declines.
 *
 * @param name of the element
 * @param posts with it
 * @param clusters of near-duplicates among these
 * @param slope change in a quarter with its 95 % interval by clusters, in training standard
 *     deviations of the target or in units of choice ({@link #in}); without bounds where there are
 *     too few posts
 * @param p two-sided; 1 where there are too few posts
 * @param detectable smallest decline in a quarter that would be found with 80 % power
 * @param verdict what may be said
 */
public record Fatigue(
    String name,
    int posts,
    int clusters,
    Interval slope,
    double p,
    double detectable,
    Verdict verdict) {
  private static final double QUARTER_DAYS = 365.25 / 4;
  private static final double LEVEL = .95;
  private static final double POWER = .8;
  private static final int LEAST_POSTS = 20;
  private static final int LEAST_CLUSTERS = 8;
  private static final int LEAST_MONTHS = 3;

  /** What may be said. */
  public enum Verdict {
    TIRES,
    GAINS,
    STAYS_FRESH,
    NOT_RESOLVED,
    TOO_FEW_POSTS;

    /** The verdict in words. */
    public String words() {
      return switch (this) {
        case TIRES -> "tires";
        case GAINS -> "gains";
        case STAYS_FRESH -> "stays fresh";
        case NOT_RESOLVED -> "not resolved";
        case TOO_FEW_POSTS -> "too few posts";
      };
    }
  }

  /**
   * A post.
   *
   * @param residual its target minus what was predicted, in training standard deviations
   * @param group near-duplicates have the same
   * @param account whoever posted it; equal for all where there is one
   * @param has whether it shows the element
   */
  public record Seen(LocalDateTime time, double residual, int group, String account, boolean has) {}

  /**
   * Measures one element.
   *
   * @param posts with it and without it, of the time that is looked at
   * @param bound smallest change in a quarter that matters, in training standard deviations
   */
  public static Fatigue of(String name, List<Seen> posts, double bound) {
    List<Seen> with = posts.stream().filter(Seen::has).toList();
    Set<Integer> clusters = with.stream().map(Seen::group).collect(Collectors.toSet());
    Set<LocalDate> months =
        with.stream()
            .map(s -> Pace.MONTH.period(s.time().toLocalDate()))
            .collect(Collectors.toSet());
    if (with.size() < LEAST_POSTS
        || clusters.size() < LEAST_CLUSTERS
        || months.size() < LEAST_MONTHS) {
      return tooFew(name, with.size(), clusters.size());
    }
    LocalDateTime from = with.get(0).time();
    double[] y = new double[posts.size()];
    double[] has = new double[posts.size()];
    double[] time = new double[posts.size()];
    for (int i = 0; i < y.length; i++) {
      Seen seen = posts.get(i);
      y[i] = seen.residual();
      has[i] = seen.has() ? 1 : 0;
      time[i] = seen.has() ? days(from, seen.time()) / QUARTER_DAYS : 0;
    }
    Map<String, List<Integer>> cells = new HashMap<>();
    for (int i = 0; i < y.length; i++) {
      Seen seen = posts.get(i);
      cells
          .computeIfAbsent(
              seen.account() + " " + Pace.MONTH.period(seen.time().toLocalDate()),
              c -> new ArrayList<>())
          .add(i);
    }
    for (double[] column : List.of(y, has, time)) {
      cells.values().forEach(rows -> centre(column, rows));
    }
    // what of time is not the element's being there
    double shared = dot(time, has) / Math.max(dot(has, has), Double.MIN_NORMAL);
    double[] own = new double[y.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = time[i] - shared * has[i];
    }
    double weight = dot(own, own);
    if (weight < 1e-9) {
      return tooFew(name, with.size(), clusters.size()); // no month has posts with and without it
    }
    double level = dot(y, has) / Math.max(dot(has, has), Double.MIN_NORMAL);
    double slope = dot(own, y) / weight;
    double error =
        Math.sqrt(meat(posts, y, has, time, own, level - slope * shared, slope)) / weight;
    int df = clusters.size() - 1;
    StudentT t = new StudentT(df);
    double half = t.quantile((1 + LEVEL) / 2) * error;
    Interval interval = new Interval(slope - half, slope, slope + half, LEVEL);
    double detectable = (t.quantile((1 + LEVEL) / 2) + t.quantile(POWER)) * error;
    return new Fatigue(
        name,
        with.size(),
        clusters.size(),
        interval,
        t.twoSided(slope / error),
        detectable,
        verdict(interval, Tost.of(slope, error, df, bound)));
  }

  /**
   * The same where many elements are looked at: a change is claimed if its adjusted p allows it.
   */
  public Fatigue among(double adjustedP) {
    boolean claims = verdict == Verdict.TIRES || verdict == Verdict.GAINS;
    return claims && adjustedP > 1 - LEVEL
        ? new Fatigue(name, posts, clusters, slope, p, detectable, Verdict.NOT_RESOLVED)
        : this;
  }

  /**
   * The same in other units.
   *
   * @param unit of a change in training standard deviations; increasing, 0 of 0
   */
  public Fatigue in(DoubleUnaryOperator unit) {
    return verdict == Verdict.TOO_FEW_POSTS
        ? this
        : new Fatigue(
            name,
            posts,
            clusters,
            new Interval(
                unit.applyAsDouble(slope.low()),
                unit.applyAsDouble(slope.point()),
                unit.applyAsDouble(slope.high()),
                LEVEL),
            p,
            Math.abs(unit.applyAsDouble(-detectable)),
            verdict);
  }

  private static Fatigue tooFew(String name, int posts, int clusters) {
    return new Fatigue(
        name,
        posts,
        clusters,
        new Interval(Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY, LEVEL),
        1,
        Double.POSITIVE_INFINITY,
        Verdict.TOO_FEW_POSTS);
  }

  private static Verdict verdict(Interval slope, Tost equivalence) {
    if (slope.high() < 0) {
      return Verdict.TIRES;
    }
    if (slope.low() > 0) {
      return Verdict.GAINS;
    }
    return equivalence.p() < 1 - LEVEL ? Verdict.STAYS_FRESH : Verdict.NOT_RESOLVED;
  }

  /**
   * Squared scores summed within clusters of near-duplicates, with the usual small-sample factor.
   */
  private static double meat(
      List<Seen> posts,
      double[] y,
      double[] has,
      double[] time,
      double[] own,
      double level,
      double slope) {
    Map<Integer, Double> scores = new HashMap<>();
    for (int i = 0; i < y.length; i++) {
      double residual = y[i] - level * has[i] - slope * time[i];
      scores.merge(posts.get(i).group(), own[i] * residual, Double::sum);
    }
    double sum = scores.values().stream().mapToDouble(s -> s * s).sum();
    int groups = scores.size();
    return sum * groups / (groups - 1.0);
  }

  private static void centre(double[] column, List<Integer> rows) {
    double mean = rows.stream().mapToDouble(i -> column[i]).average().orElseThrow();
    rows.forEach(i -> column[i] -= mean);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double days(LocalDateTime from, LocalDateTime to) {
    return Duration.between(from, to).toMinutes() / (24 * 60.);
  }
}
