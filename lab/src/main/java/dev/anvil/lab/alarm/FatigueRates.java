package dev.anvil.lab.alarm;

import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.lab.alarm.AlarmRates.FatigueRate;
import dev.anvil.monitor.Fatigue;
import dev.anvil.monitor.Fatigue.Seen;
import dev.anvil.monitor.Fatigue.Verdict;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A year of an element that every third post shows, with and without fatigue. */
final class FatigueRates {
  /** Shares of the metric that are lost in a quarter. */
  static final List<Double> LOSSES = List.of(0., .1, .2);

  private static final int DAYS = 365;
  private static final double POSTS_A_DAY = .5;
  private static final double SHOWN = 1 / 3.;
  private static final double QUARTER = DAYS / 4.;

  /** Smallest change in a quarter that matters, as monitoring has it by default. */
  private static final double SMALLEST = .05;

  private static final int WINDOW = 14;

  private FatigueRates() {}

  static List<FatigueRate> measure(int seeds, RunContext context) {
    List<FatigueRate> rates = new ArrayList<>();
    try (Phase phase =
        context.start("simulate fatigue", (long) Series.KINDS.size() * LOSSES.size())) {
      for (Series.Quiet kind : Series.KINDS) {
        for (double loss : LOSSES) {
          Map<Verdict, Double> verdicts = new EnumMap<>(Verdict.class);
          double underPeak = 0;
          for (int seed = 1; seed <= seeds; seed++) {
            context.checkCancelled();
            List<Seen> posts = year(kind, loss, seed);
            verdicts.merge(
                Fatigue.of("element", posts, targets(SMALLEST)).verdict(), 1. / seeds, Double::sum);
            underPeak += isUnderPeak(posts) ? 1. / seeds : 0;
          }
          rates.add(new FatigueRate(kind.name(), loss, verdicts, underPeak));
          phase.step(1);
        }
      }
    }
    return rates;
  }

  /** A loss of that share in standard deviations of a residual. */
  private static double targets(double loss) {
    return -Math.log(1 - loss) / Rule.LOG_LIKES;
  }

  private static List<Seen> year(Series.Quiet kind, double loss, int seed) {
    Random random = new Random(Seeds.derive(seed, "fatigue", kind.name()));
    double[] months = new double[DAYS / 28 + 1];
    for (int m = 0; m < months.length; m++) {
      months[m] = kind.next(m == 0 ? 0 : months[m - 1], random);
    }
    List<Seen> posts = new ArrayList<>();
    for (int i = 0; i < DAYS * POSTS_A_DAY; i++) {
      double day = i / POSTS_A_DAY;
      boolean has = random.nextDouble() < SHOWN;
      double residual =
          months[(int) (day / 28)]
              + random.nextGaussian()
              - (has ? targets(loss) * day / QUARTER : 0);
      LocalDateTime time = Series.BEGIN.plusHours((long) (24 * day));
      posts.add(new Seen(time, residual, i, "", has));
    }
    return posts;
  }

  /** What vendors call creative fatigue: two weeks 20 % under the best two weeks before. */
  private static boolean isUnderPeak(List<Seen> posts) {
    double peak = 0;
    for (int from = 0; from + WINDOW <= DAYS; from += WINDOW) {
      LocalDateTime begin = Series.BEGIN.plusDays(from);
      LocalDateTime end = begin.plusDays(WINDOW);
      double mean =
          posts.stream()
              .filter(p -> p.has() && !p.time().isBefore(begin) && p.time().isBefore(end))
              .mapToDouble(p -> Math.exp(Rule.LOG_LIKES * p.residual()))
              .average()
              .orElse(peak);
      if (mean < .8 * peak) {
        return true;
      }
      peak = Math.max(peak, mean);
    }
    return false;
  }
}
