package dev.anvil.lab.alarm;

import dev.anvil.monitor.Timed;
import dev.anvil.monitor.Watch;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** When an alarm is raised. */
enum Rule {
  /** Anvil's, with one false alarm in two years at most. */
  ANVIL("Anvil, one in two years") {
    @Override
    OptionalInt month(Series series, long seed) {
      return Watch.of("r", series.quiet(), series.fresh(), true, YEARS, seed)
          .flatMap(Watch::alarm)
          .map(day -> OptionalInt.of(number(day)))
          .orElse(OptionalInt.empty());
    }
  },
  /** NannyML's default threshold: three standard deviations of the reference's chunks. */
  THREE_SD("mean of a month beyond 3 SD of quiet months") {
    @Override
    OptionalInt month(Series series, long seed) {
      double[] quiet = means(series.quiet());
      double mean = Arrays.stream(quiet).average().orElseThrow();
      double sd =
          Math.sqrt(Arrays.stream(quiet).map(m -> (m - mean) * (m - mean)).average().orElseThrow());
      return first(series, month -> Math.abs(mean(month) - mean) > 3 * sd);
    }
  },
  /** Evidently's default for numbers of small samples: a two-sample Kolmogorov-Smirnov test. */
  KS("Kolmogorov-Smirnov test of a month, p below 0.05") {
    @Override
    OptionalInt month(Series series, long seed) {
      double[] quiet = sorted(series.quiet());
      return first(series, month -> ksP(quiet, month.clone()) < .05);
    }
  },
  /** Evidently's default for numbers of large samples. */
  WASSERSTEIN("Wasserstein distance of a month above 0.1 SD") {
    @Override
    OptionalInt month(Series series, long seed) {
      double[] quiet = sorted(series.quiet());
      return first(series, month -> wasserstein(quiet, month) > .1);
    }
  },
  /** What vendors call creative fatigue. */
  PEAK("20 % under the best month so far") {
    @Override
    OptionalInt month(Series series, long seed) {
      double[] likes = new double[Series.FRESH_MONTHS];
      double peak = 0;
      int month = 0;
      for (double[] values : months(series.fresh()).values()) {
        likes[month] =
            Arrays.stream(values).map(v -> Math.exp(LOG_LIKES * v)).average().orElseThrow();
        if (likes[month] < .8 * peak) {
          return OptionalInt.of(month);
        }
        peak = Math.max(peak, likes[month++]);
      }
      return OptionalInt.empty();
    }
  };

  private static final double YEARS = 2;

  /** Standard deviation of log likes of a residual of 1. */
  static final double LOG_LIKES = .3;

  private final String words;

  Rule(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The first month after the fit, from 0, in which it raises the alarm. */
  abstract OptionalInt month(Series series, long seed);

  /** Says of a month's residuals whether they are alarming. */
  private interface Alarming {
    boolean is(double[] month);
  }

  private static OptionalInt first(Series series, Alarming rule) {
    int month = 0;
    for (double[] values : months(series.fresh()).values()) {
      if (rule.is(values)) {
        return OptionalInt.of(month);
      }
      month++;
    }
    return OptionalInt.empty();
  }

  private static int number(LocalDate day) {
    LocalDate begin = Series.BEGIN.toLocalDate().plusYears(7);
    return (day.getYear() - begin.getYear()) * 12 + day.getMonthValue() - begin.getMonthValue();
  }

  private static Map<LocalDate, double[]> months(List<Timed> values) {
    return values.stream()
        .collect(
            Collectors.groupingBy(
                v -> v.time().toLocalDate().withDayOfMonth(1),
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(),
                    list -> list.stream().mapToDouble(Timed::value).toArray())));
  }

  private static double[] means(List<Timed> values) {
    return months(values).values().stream().mapToDouble(Rule::mean).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double[] sorted(List<Timed> values) {
    return values.stream().mapToDouble(Timed::value).sorted().toArray();
  }

  /** Asymptotic p value (Kolmogorov's distribution with Stephens' correction). */
  private static double ksP(double[] quiet, double[] month) {
    Arrays.sort(month);
    double distance = 0;
    for (int i = 0; i < month.length; i++) {
      double other = below(quiet, month[i]);
      distance = Math.max(distance, Math.abs((i + 1.0) / month.length - other));
      distance = Math.max(distance, Math.abs((double) i / month.length - other));
    }
    double n = Math.sqrt((double) quiet.length * month.length / (quiet.length + month.length));
    double x = (n + .12 + .11 / n) * distance;
    double p = 0;
    for (int k = 1; k <= 100; k++) {
      p += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * x * x);
    }
    return Math.max(0, Math.min(1, p));
  }

  private static double below(double[] sorted, double value) {
    int at = Arrays.binarySearch(sorted, value);
    return (at < 0 ? -at - 1 : at) / (double) sorted.length;
  }

  private static double wasserstein(double[] quiet, double[] month) {
    double[] own = month.clone();
    Arrays.sort(own);
    double sum = 0;
    for (int i = 0; i < quiet.length; i++) {
      sum += Math.abs(quiet[i] - own[(int) ((long) i * own.length / quiet.length)]);
    }
    return sum / quiet.length;
  }
}
