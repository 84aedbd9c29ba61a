package dev.anvil.monitor;

import dev.anvil.monitor.ChangeDetector.Side;
import dev.anvil.monitor.Periods.Period;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One series that is watched for a change.
 *
 * @param name what it is
 * @param pace of its periods
 * @param quietPeriods periods that it is compared with
 * @param points one per new period, oldest first
 * @param alarm first new period at which the alarm was raised
 * @param upwards whether the change is towards larger values; says nothing where there is no alarm
 */
public record Watch(
    String name,
    Pace pace,
    int quietPeriods,
    List<Point> points,
    Optional<LocalDate> alarm,
    boolean upwards) {
  /** Name of the series of residuals. */
  public static final String AUDIENCE = "audience";

  /** Name of the series of absolute residuals. */
  public static final String ERRORS = "size of the errors";

  /** Quiet periods without which nothing can be watched. */
  public static final int LEAST_QUIET = Periods.LEAST;

  /**
   * A new period.
   *
   * @param first its first day
   * @param posts in it
   * @param value mean of the period, in standard deviations of quiet periods
   * @param evidence of a change so far; 1 raises the alarm
   */
  public record Point(LocalDate first, int posts, double value, double evidence) {}

  public Watch {
    points = List.copyOf(points);
  }

  /**
   * Watches residuals, or any other number that posts have.
   *
   * @param quiet of posts that the model was measured on
   * @param fresh of later posts
   * @param both whether a change to smaller values counts too, else only to larger ones
   * @param years to a false alarm of this series on average, at least
   * @return empty where there are fewer than {@value #LEAST_QUIET} quiet periods
   */
  public static Optional<Watch> of(
      String name, List<Timed> quiet, List<Timed> fresh, boolean both, double years, long seed) {
    if (quiet.size() < LEAST_QUIET) {
      return Optional.empty();
    }
    double mean = quiet.stream().mapToDouble(Timed::value).average().orElseThrow();
    double sd =
        Math.sqrt(
            quiet.stream().mapToDouble(v -> Math.pow(v.value() - mean, 2)).sum()
                / (quiet.size() - 1));
    Periods periods = Periods.of(quiet);
    List<Period> before = periods.of(quiet, mean, Math.max(sd, Double.MIN_NORMAL), 0);
    if (before.size() < LEAST_QUIET || years * periods.pace().perYear() <= 1) {
      return Optional.empty();
    }
    RankStream ranks = new RankStream(before.stream().mapToDouble(Period::news).toArray(), seed);
    ChangeDetector detector =
        new ChangeDetector(years * periods.pace().perYear(), both ? Side.BOTH : Side.UP);
    List<Point> points = new ArrayList<>();
    Optional<LocalDate> alarm = Optional.empty();
    boolean upwards = true;
    double last = before.get(before.size() - 1).value();
    for (Period period : periods.of(fresh, mean, Math.max(sd, Double.MIN_NORMAL), last)) {
      double evidence = detector.next(ranks.next(period.news()));
      points.add(new Point(period.first(), period.posts(), period.value(), evidence));
      if (alarm.isEmpty() && evidence >= 1) {
        alarm = Optional.of(period.first());
        upwards = detector.isUpwards();
      }
    }
    return Optional.of(new Watch(name, periods.pace(), before.size(), points, alarm, upwards));
  }
}
