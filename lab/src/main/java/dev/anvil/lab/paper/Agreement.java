package dev.anvil.lab.paper;

import dev.anvil.stats.Interval;
import java.util.List;
import java.util.Locale;

/**
 * How near estimates come to the truth.
 *
 * @param effects that were estimated
 * @param inside how many intervals hold the truth
 * @param slope of the estimates on the truth, by least squares through zero: 1 where they neither
 *     shrink nor grow
 * @param error root mean squared, as a share of the metric
 */
public record Agreement(int effects, int inside, double slope, double error) {
  /** An estimate and what is true. */
  public record Pair(Interval estimate, double truth) {}

  /** Of at least one pair. */
  static Agreement of(List<Pair> pairs) {
    double cross = 0;
    double squares = 0;
    double errors = 0;
    int inside = 0;
    for (Pair pair : pairs) {
      double point = pair.estimate().point();
      cross += point * pair.truth();
      squares += pair.truth() * pair.truth();
      errors += Math.pow(point - pair.truth(), 2);
      inside += pair.estimate().contains(pair.truth()) ? 1 : 0;
    }
    return new Agreement(
        pairs.size(), inside, cross / squares, Math.sqrt(errors / Math.max(1, pairs.size())));
  }

  String words() {
    return String.format(
        Locale.ROOT,
        "%d of %d intervals hold the truth, slope %.2f, error %.1f %%",
        inside,
        effects,
        slope,
        100 * error);
  }
}
