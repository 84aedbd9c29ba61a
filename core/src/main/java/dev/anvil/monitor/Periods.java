package dev.anvil.monitor;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Numbers gathered by period. Residuals of one week or month share what happened then, so a post is
 * not the unit of evidence; a period is. The pace is the shortest at which periods in a row do not
 * go together any more.
 *
 * @param pace how long a period is
 * @param correlation of two posts of one period, from 0 to 1
 */
public record Periods(Pace pace, double correlation) {
  /** Periods without which a pace is too long to learn from. */
  static final int LEAST = 12;

  /**
   * A period's mean, in units of its standard deviation if the period were like any other.
   *
   * @param first its first day
   * @param posts in it
   */
  public record Period(LocalDate first, int posts, double value) {}

  public Periods {
    if (!(correlation >= 0 && correlation <= 1)) {
      throw new IllegalArgumentException("correlation %s is not in 0 to 1".formatted(correlation));
    }
  }

  /**
   * Chooses the pace from a quiet stretch of time: the shortest whose periods' means have no
   * significant correlation with the period before (5 % level, one-sided), else the longest that
   * leaves {@value #LEAST} periods.
   */
  public static Periods of(List<Timed> quiet) {
    Pace pace = Pace.WEEK;
    while (pace != Pace.QUARTER && goTogether(quiet, pace) && count(quiet, pace.longer()) >= LEAST) {
      pace = pace.longer();
    }
    return new Periods(pace, correlation(split(quiet, pace)));
  }

  /** The periods of some numbers, oldest first. */
  public List<Period> of(List<Timed> values, double mean, double sd) {
    List<Period> periods = new ArrayList<>();
    split(values, pace)
        .forEach(
            (first, inside) -> {
              int n = inside.size();
              double own = inside.stream().mapToDouble(Timed::value).average().orElseThrow();
              double error = sd * Math.sqrt((1 + (n - 1) * correlation) / n);
              periods.add(new Period(first, n, (own - mean) / error));
            });
    return periods;
  }

  private static Map<LocalDate, List<Timed>> split(List<Timed> values, Pace pace) {
    return values.stream()
        .collect(
            Collectors.groupingBy(
                v -> pace.period(v.time().toLocalDate()), TreeMap::new, Collectors.toList()));
  }

  private static int count(List<Timed> values, Pace pace) {
    return split(values, pace).size();
  }

  /** Whether the means of neighbouring periods correlate: lag-one correlation against 1.645 / sqrt n. */
  private static boolean goTogether(List<Timed> values, Pace pace) {
    double[] means =
        split(values, pace).values().stream()
            .mapToDouble(v -> v.stream().mapToDouble(Timed::value).average().orElseThrow())
            .toArray();
    double mean = Arrays.stream(means).average().orElse(0);
    double cross = 0;
    double squares = 0;
    for (int i = 0; i < means.length; i++) {
      squares += Math.pow(means[i] - mean, 2);
      cross += i == 0 ? 0 : (means[i] - mean) * (means[i - 1] - mean);
    }
    return squares > 0 && cross / squares > 1.645 / Math.sqrt(means.length);
  }

  /** The intraclass correlation by analysis of variance, cut off at 0 and 1. */
  private static double correlation(Map<LocalDate, List<Timed>> periods) {
    int groups = periods.size();
    int n = periods.values().stream().mapToInt(List::size).sum();
    double mean =
        periods.values().stream().flatMap(List::stream).mapToDouble(Timed::value).sum() / n;
    double between = 0;
    double within = 0;
    double squaredSizes = 0;
    for (List<Timed> inside : periods.values()) {
      double own = inside.stream().mapToDouble(Timed::value).average().orElseThrow();
      between += inside.size() * Math.pow(own - mean, 2);
      within += inside.stream().mapToDouble(v -> Math.pow(v.value() - own, 2)).sum();
      squaredSizes += (double) inside.size() * inside.size();
    }
    if (groups < 2 || n == groups) {
      return 0;
    }
    double size = (n - squaredSizes / n) / (groups - 1);
    double inside = within / (n - groups);
    double shared = (between / (groups - 1) - inside) / size;
    return shared + inside <= 0 ? 0 : Math.max(0, Math.min(1, shared / (shared + inside)));
  }
}
