package dev.anvil.monitor;

import dev.anvil.Seeds;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How soon a shift would be found: months of the campaign's own quiet time, drawn at random and put
 * one after another, with the shift added.
 *
 * @param shift of the residuals, in training standard deviations
 * @param found share of the simulated years in which it was found within a year
 * @param weeks until the alarm in the middle one of these; empty where fewer than half were found
 */
public record Delay(double shift, double found, OptionalDouble weeks) {
  private static final int SIMULATED = 200;
  private static final int MONTHS = 12;

  /**
   * Simulates.
   *
   * @param years to a false alarm of the series on average, at least
   */
  public static Delay of(List<Timed> quiet, double shift, boolean both, double years, long seed) {
    Map<LocalDate, List<Timed>> months =
        quiet.stream()
            .collect(
                Collectors.groupingBy(
                    v -> Pace.MONTH.period(v.time().toLocalDate()),
                    TreeMap::new,
                    Collectors.toList()));
    List<List<Timed>> drawnFrom = List.copyOf(months.values());
    LocalDate begin =
        Pace.MONTH.period(quiet.get(quiet.size() - 1).time().toLocalDate()).plusMonths(1);
    List<Double> weeks = new ArrayList<>();
    for (int k = 0; k < SIMULATED; k++) {
      SplittableRandom random = Seeds.random(seed, "delay", k);
      List<Timed> year = new ArrayList<>();
      for (int m = 0; m < MONTHS; m++) {
        LocalDate first = begin.plusMonths(m);
        for (Timed value : drawnFrom.get(random.nextInt(drawnFrom.size()))) {
          int day = Math.min(value.time().getDayOfMonth(), first.lengthOfMonth());
          LocalDateTime at = first.withDayOfMonth(day).atTime(value.time().toLocalTime());
          year.add(new Timed(at, value.value() + shift));
        }
      }
      Watch.of("", quiet, year, both, years, Seeds.derive(seed, "ranks", k))
          .flatMap(watch -> watch.alarm().map(day -> watch.pace().end(day)))
          .ifPresent(end -> weeks.add(ChronoUnit.DAYS.between(begin, end) / 7.));
    }
    weeks.sort(null);
    return new Delay(
        shift,
        weeks.size() / (double) SIMULATED,
        2 * weeks.size() < SIMULATED
            ? OptionalDouble.empty()
            : OptionalDouble.of(weeks.get((SIMULATED - 1) / 2)));
  }
}
