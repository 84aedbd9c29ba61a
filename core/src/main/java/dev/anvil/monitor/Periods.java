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
 * not the unit of evidence; a period is. What is left of one period in the next is taken out.
 *
 * @param pace how long a period is: a week where weeks in a row do not go together, else a month
 * @param correlation of two posts of one period, from 0 to 1
 * @param carried share of a period's value that is in the next one's too, from 0 to below 1
 */
public record Periods(Pace pace, double correlation, double carried) {
  /** Quiet periods without which nothing is learned of them. */
  static final int LEAST = 12;

  private static final double MOST_CARRIED = .8;

  /**
   * A period's mean, in units of its standard deviation if the period were like any other.
   *
   * @param first its first day
   * @param posts in it
   * @param news what of the value the period before did not have
   */
  public record Period(LocalDate first, int posts, double value, double news) {}

  public Periods {
    if (!(correlation >= 0 && correlation <= 1)) {
      throw new IllegalArgumentException("correlation %s is not in 0 to 1".formatted(correlation));
    }
  }

  /** Learns pace and correlations from a quiet stretch of time. */
  public static Periods of(List<Timed> quiet) {
    double[] weeks = means(quiet, Pace.WEEK);
    if (!goTogether(weeks)) {
      return new Periods(Pace.WEEK, correlation(split(quiet, Pace.WEEK)), 0);
    }
    double[] months = means(quiet, Pace.MONTH);
    double carried = goTogether(months) ? Math.min(MOST_CARRIED, lagOne(months)) : 0;
    return new Periods(Pace.MONTH, correlation(split(quiet, Pace.MONTH)), carried);
  }

  /**
   * The periods of some numbers, oldest first.
   *
   * @param before value of the period before the first, 0 where there is none
   */
  public List<Period> of(List<Timed> values, double mean, double sd, double before) {
    List<Period> periods = new ArrayList<>();
    double last = before;
    for (Map.Entry<LocalDate, List<Timed>> period : split(values, pace).entrySet()) {
      int n = period.getValue().size();
      double own = period.getValue().stream().mapToDouble(Timed::value).average().orElseThrow();
      double value = (own - mean) / (sd * Math.sqrt((1 + (n - 1) * correlation) / n));
      periods.add(new Period(period.getKey(), n, value, value - carried * last));
      last = value;
    }
    return periods;
  }

  private static double[] means(List<Timed> values, Pace pace) {
    return split(values, pace).values().stream()
        .mapToDouble(v -> v.stream().mapToDouble(Timed::value).average().orElseThrow())
        .toArray();
  }

  private static Map<LocalDate, List<Timed>> split(List<Timed> values, Pace pace) {
    return values.stream()
        .collect(
            Collectors.groupingBy(
                v -> pace.period(v.time().toLocalDate()), TreeMap::new, Collectors.toList()));
  }

  /** Whether neighbours correlate at the 5 % level, one-sided. */
  private static boolean goTogether(double[] means) {
    return lagOne(means) > 1.645 / Math.sqrt(means.length);
  }

  private static double lagOne(double[] means) {
    double mean = Arrays.stream(means).average().orElse(0);
    double cross = 0;
    double squares = 0;
    for (int i = 0; i < means.length; i++) {
      squares += Math.pow(means[i] - mean, 2);
      cross += i == 0 ? 0 : (means[i] - mean) * (means[i - 1] - mean);
    }
    return squares > 0 ? cross / squares : 0;
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
