package dev.anvil.stats;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Bootstrap that resamples whole groups of rows, because rows of one group (near-duplicate
 * pictures, variants of one source) are not independent.
 *
 * <p>A resample is handed to the statistic as how often each row occurs, so nothing is copied and
 * statistics may keep what they have sorted or summed. Intervals are percentiles, moved out for few
 * groups as in {@link Intervals#expandedPercentile}.
 */
public final class ClusterBootstrap {
  private final int[] groupOfRow;
  private final int groups;
  private final int draws;
  private final double level;
  private final long seed;

  /**
   * Prepares a bootstrap.
   *
   * @param groupOfRow any number per row; equal numbers are one group; at least two groups
   * @param draws resamples, for example 1000
   * @param level of the intervals, for example .95
   * @param seed equal seeds give equal intervals
   */
  public ClusterBootstrap(int[] groupOfRow, int draws, double level, long seed) {
    Checks.share(level, "level");
    int[] names = Arrays.stream(groupOfRow).distinct().sorted().toArray();
    if (names.length < 2) {
      throw new IllegalArgumentException(
          "found %d groups; expected at least 2 to resample".formatted(names.length));
    }
    if (draws < 20) {
      throw new IllegalArgumentException("draws is %d; expected 20 or more".formatted(draws));
    }
    this.groupOfRow =
        Arrays.stream(groupOfRow).map(name -> Arrays.binarySearch(names, name)).toArray();
    this.groups = names.length;
    this.draws = draws;
    this.level = level;
    this.seed = seed;
  }

  public int rows() {
    return groupOfRow.length;
  }

  public int groups() {
    return groups;
  }

  /**
   * Interval of one statistic.
   *
   * @param statistic from how often each row occurs to a number, NaN if it is undefined there
   * @return empty when the statistic is undefined on the sample itself or on most resamples
   */
  public Optional<Interval> interval(ToDoubleFunction<int[]> statistic, RunContext context) {
    return intervals(times -> new double[] {statistic.applyAsDouble(times)}, context).get(0);
  }

  /** Intervals of several statistics from the same resamples; see {@link #interval}. */
  public List<Optional<Interval>> intervals(
      Function<int[], double[]> statistics, RunContext context) {
    int[] times = new int[groupOfRow.length];
    Arrays.fill(times, 1);
    double[] points = statistics.apply(times.clone());
    double[][] drawn = new double[points.length][draws];
    SplittableRandom random = Seeds.random(seed, "cluster-bootstrap");
    for (int draw = 0; draw < draws; draw++) {
      context.checkCancelled();
      int[] counts = resample(groups, random);
      for (int row = 0; row < times.length; row++) {
        times[row] = counts[groupOfRow[row]];
      }
      double[] values = statistics.apply(times);
      for (int s = 0; s < points.length; s++) {
        drawn[s][draw] = values[s];
      }
    }
    return IntStream.range(0, points.length).mapToObj(s -> interval(points[s], drawn[s])).toList();
  }

  private Optional<Interval> interval(double point, double[] drawn) {
    double[] defined = Arrays.stream(drawn).filter(v -> !Double.isNaN(v)).toArray();
    if (Double.isNaN(point) || defined.length < drawn.length / 2) {
      return Optional.empty();
    }
    return Optional.of(Intervals.expandedPercentile(defined, point, level, groups));
  }

  /** How often each of {@code units} occurs when as many are drawn with replacement. */
  static int[] resample(int units, SplittableRandom random) {
    int[] counts = new int[units];
    for (int i = 0; i < units; i++) {
      counts[random.nextInt(units)]++;
    }
    return counts;
  }
}
