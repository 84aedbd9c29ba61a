package dev.anvil.monitor;

import static java.util.Objects.requireNonNull;

import dev.anvil.stats.AnytimeCentre;
import dev.anvil.stats.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether fitting again would have helped: each month of later posts was predicted by the model in
 * use and by one that had also learned from the later posts before that month.
 *
 * @param posts that both predicted
 * @param months that they are of
 * @param inUse mean squared error of the model in use, in its training variances
 * @param challenger mean squared error of the refits
 * @param gain by how much the error of a month is less, with its 95 % interval, which holds at any
 *     time; without bounds where the months are too few for one
 * @param verdict what may be said
 */
public record Challenge(
    int posts, int months, double inUse, double challenger, Interval gain, Verdict verdict) {
  private static final double LEVEL = .95;

  /** What may be said. */
  public enum Verdict {
    /** Promotion is proposed. */
    BETTER,
    WORSE,
    NOT_RESOLVED,
    TOO_FEW_POSTS
  }

  /**
   * A post that both predicted.
   *
   * @param group near-duplicates have the same
   * @param inUse squared error of the model in use
   * @param challenger squared error of the other
   */
  public record Compared(LocalDateTime time, int group, double inUse, double challenger) {}

  public Challenge {
    requireNonNull(gain, "gain is null");
    requireNonNull(verdict, "verdict is null");
  }

  /** Compares; near-duplicates of one month count as one, and a month is one piece of evidence. */
  public static Challenge of(List<Compared> posts) {
    Map<LocalDate, List<Compared>> months =
        posts.stream()
            .collect(
                Collectors.groupingBy(
                    p -> Pace.MONTH.period(p.time().toLocalDate()),
                    TreeMap::new,
                    Collectors.toList()));
    if (months.isEmpty()) {
      return new Challenge(
          0,
          0,
          0,
          0,
          new Interval(Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY, LEVEL),
          Verdict.TOO_FEW_POSTS);
    }
    Interval gain =
        AnytimeCentre.of(months.values().stream().mapToDouble(Challenge::gain).toArray(), LEVEL);
    return new Challenge(
        posts.size(),
        months.size(),
        posts.stream().mapToDouble(Compared::inUse).average().orElseThrow(),
        posts.stream().mapToDouble(Compared::challenger).average().orElseThrow(),
        gain,
        verdict(gain));
  }

  private static double gain(List<Compared> month) {
    return month.stream()
        .collect(
            Collectors.groupingBy(
                Compared::group, Collectors.averagingDouble(c -> c.inUse() - c.challenger())))
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }

  private static Verdict verdict(Interval gain) {
    if (Double.isInfinite(gain.width())) {
      return Verdict.TOO_FEW_POSTS;
    }
    return gain.low() > 0 ? Verdict.BETTER : gain.high() < 0 ? Verdict.WORSE : Verdict.NOT_RESOLVED;
  }
}
