package dev.anvil.predict.target;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Mean of a metric over the twelve months around a time, of posts at other times only
 * (docs/method.md section 1).
 *
 * <p>The window counts time, not posts. Trailing, it holds the twelve months before; centred, six
 * months to either side, which leaks the future into the target and is for looking back only.
 * Observations without times, and times that are unknown, have the mean of all observations.
 */
public final class RollingMean {
  private static final int MONTHS = 12;

  private final LocalDateTime[] times;
  private final double[] values;
  private final double[] sums;
  private final boolean centred;
  private final int minHistory;
  private final OptionalDouble overall;
  private final int all;

  /**
   * Sorts a copy of the observations.
   *
   * @param minHistory posts that a window must have, 1 or more
   */
  public RollingMean(List<Observation> observations, boolean centred, int minHistory) {
    List<Observation> sorted =
        observations.stream()
            .filter(observation -> observation.time().isPresent())
            .sorted(Comparator.comparing(observation -> observation.time().get()))
            .toList();
    this.all = observations.size();
    this.overall = observations.stream().mapToDouble(Observation::value).average();
    this.times = sorted.stream().map(o -> o.time().orElseThrow()).toArray(LocalDateTime[]::new);
    this.values = sorted.stream().mapToDouble(Observation::value).toArray();
    this.sums = new double[times.length + 1];
    for (int i = 0; i < times.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    this.centred = centred;
    this.minHistory = minHistory;
  }

  /** The mean at a time; empty when the window has fewer than {@code minHistory} posts. */
  public OptionalDouble at(Optional<LocalDateTime> time) {
    return time.isEmpty() || times.length == 0 ? overall : at(time.get());
  }

  private OptionalDouble at(LocalDateTime time) {
    int from = countBefore(time.minusMonths(centred ? MONTHS / 2 : MONTHS));
    int here = countBefore(time);
    int count = here - from;
    double sum = sums[here] - sums[from];
    if (centred) {
      int after = countBefore(time.plusNanos(1));
      int to = countBefore(time.plusMonths(MONTHS / 2).plusNanos(1));
      count += to - after;
      sum += sums[to] - sums[after];
    }
    return count < minHistory ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /**
   * A mean.
   *
   * @param posts that it is of
   */
  record Mean(double value, int posts) {}

  /** {@link #scaleAt}, with the number of posts that it is of. */
  Mean near(Optional<LocalDateTime> time) {
    return time.isEmpty() || times.length == 0
        ? new Mean(overall.orElseThrow(), all)
        : near(time.get());
  }

  private Mean near(LocalDateTime time) {
    int from = countBefore(time.minusMonths(centred ? MONTHS / 2 : MONTHS));
    int to = centred ? countBefore(time.plusMonths(MONTHS / 2).plusNanos(1)) : countBefore(time);
    OptionalDouble here = at(time);
    return here.isPresent()
        ? new Mean(here.getAsDouble(), to - from)
        : new Mean(nearest(time), Math.min(minHistory, times.length));
  }

  /**
   * The mean at a time or, when the window has too few posts, of the {@code minHistory} posts
   * before that time, or after it where there are none: a scale for forecasts far past the end and
   * for posts at the very start.
   */
  public double scaleAt(Optional<LocalDateTime> time) {
    return at(time).orElseGet(() -> nearest(time.orElseThrow()));
  }

  private double nearest(LocalDateTime time) {
    int to = Math.max(countBefore(time), Math.min(minHistory, times.length));
    int from = Math.max(0, to - minHistory);
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  private int countBefore(LocalDateTime time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle].isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
