package dev.anvil.monitor;

import dev.anvil.stats.AnytimeMean;
import dev.anvil.stats.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many prediction intervals held what came true.
 *
 * @param level share that they should hold
 * @param posts that it was counted on
 * @param held of them
 * @param share mean over periods of the share held, with its 95 % interval, which holds at any time
 * @param meanError mean absolute error, in training standard deviations
 * @param points share and interval after each period, oldest first
 */
public record Kept(
    double level, int posts, int held, Interval share, double meanError, List<Point> points) {
  private static final double CONFIDENCE = .95;

  /**
   * A prediction that can be compared.
   *
   * @param error target less prediction, in training standard deviations
   * @param halfWidth of the interval around the prediction
   */
  public record Outcome(LocalDateTime time, double error, double halfWidth) {
    boolean isHeld() {
      return Math.abs(error) <= halfWidth;
    }
  }

  /**
   * After a period.
   *
   * @param first its first day
   * @param posts in it
   * @param share held so far
   */
  public record Point(LocalDate first, int posts, Interval share) {}

  public Kept {
    points = List.copyOf(points);
  }

  /**
   * Counts. Posts of one period share what happened then, so that a period is the unit of evidence.
   *
   * @param outcomes at least one
   */
  public static Kept of(double level, List<Outcome> outcomes, Pace pace) {
    Map<LocalDate, List<Outcome>> periods =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    o -> pace.period(o.time().toLocalDate()), TreeMap::new, Collectors.toList()));
    AnytimeMean mean = new AnytimeMean(CONFIDENCE);
    List<Point> points = new ArrayList<>();
    periods.forEach(
        (first, inside) ->
            points.add(
                new Point(first, inside.size(), mean.next(held(inside) / (double) inside.size()))));
    return new Kept(
        level,
        outcomes.size(),
        held(outcomes),
        points.get(points.size() - 1).share(),
        outcomes.stream().mapToDouble(o -> Math.abs(o.error())).average().orElseThrow(),
        points);
  }

  private static int held(List<Outcome> outcomes) {
    return (int) outcomes.stream().filter(Outcome::isHeld).count();
  }
}
