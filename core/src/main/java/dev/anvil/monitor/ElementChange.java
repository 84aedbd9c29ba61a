package dev.anvil.monitor;

import dev.anvil.stats.BenjaminiHochberg;
import dev.anvil.stats.Interval;
import dev.anvil.stats.StudentT;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How much commoner an element is in new pictures than in those learned from.
 *
 * @param element its label
 * @param before share of the pictures learned from that show it
 * @param after share of the new ones
 * @param change of the share, with its 95 % interval by months; without bounds where there are too
 *     few months
 * @param changed whether the change is more than chance, all elements considered
 */
public record ElementChange(
    String element, double before, double after, Interval change, boolean changed) {
  private static final double LEVEL = .95;
  private static final int LEAST_MONTHS = 3;

  /**
   * A picture.
   *
   * @param elements that it shows
   * @param isNew whether the model did not learn from it
   */
  public record Shown(LocalDateTime time, Set<String> elements, boolean isNew) {}

  /** An estimate before others are considered. */
  private record Found(String element, double before, double after, Interval change, double p) {}

  /** One per element, the one that became commonest first. */
  public static List<ElementChange> of(List<Shown> pictures) {
    List<Shown> old = pictures.stream().filter(p -> !p.isNew()).toList();
    List<Shown> fresh = pictures.stream().filter(Shown::isNew).toList();
    if (old.isEmpty() || fresh.isEmpty()) {
      return List.of();
    }
    Set<String> elements = new TreeSet<>();
    pictures.forEach(p -> elements.addAll(p.elements()));
    List<Found> found = elements.stream().map(e -> found(e, old, fresh)).toList();
    double[] p = BenjaminiHochberg.adjust(found.stream().mapToDouble(Found::p).toArray());
    List<ElementChange> changes = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      Found f = found.get(i);
      changes.add(
          new ElementChange(f.element(), f.before(), f.after(), f.change(), p[i] < 1 - LEVEL));
    }
    changes.sort(Comparator.comparingDouble((ElementChange c) -> c.change().point()).reversed());
    return changes;
  }

  private static Found found(String element, List<Shown> old, List<Shown> fresh) {
    Share before = Share.of(element, old);
    Share after = Share.of(element, fresh);
    double change = after.share() - before.share();
    double error = Math.sqrt(before.variance() + after.variance());
    if (before.months() < LEAST_MONTHS || after.months() < LEAST_MONTHS || error == 0) {
      return new Found(
          element,
          before.share(),
          after.share(),
          new Interval(Double.NEGATIVE_INFINITY, change, Double.POSITIVE_INFINITY, LEVEL),
          1);
    }
    // as if the part with fewer months had all of the variance: never too narrow
    StudentT t = new StudentT(Math.min(before.months(), after.months()) - 1);
    double half = t.quantile((1 + LEVEL) / 2) * error;
    return new Found(
        element,
        before.share(),
        after.share(),
        new Interval(change - half, change, change + half, LEVEL),
        t.twoSided(change / error));
  }

  /** A share of pictures with its variance by months. */
  private record Share(double share, double variance, int months) {
    static Share of(String element, List<Shown> pictures) {
      Map<LocalDate, List<Boolean>> months =
          pictures.stream()
              .collect(
                  Collectors.groupingBy(
                      p -> Pace.MONTH.period(p.time().toLocalDate()),
                      TreeMap::new,
                      Collectors.mapping(
                          p -> p.elements().contains(element), Collectors.toList())));
      double share = months.values().stream().mapToDouble(Share::count).sum() / pictures.size();
      double squares =
          months.values().stream().mapToDouble(m -> Math.pow(count(m) - share * m.size(), 2)).sum();
      int n = months.size();
      double variance = n < 2 ? 0 : squares * n / (n - 1) / Math.pow(pictures.size(), 2);
      return new Share(share, variance, n);
    }

    private static double count(List<Boolean> shown) {
      return shown.stream().filter(is -> is).count();
    }
  }
}
