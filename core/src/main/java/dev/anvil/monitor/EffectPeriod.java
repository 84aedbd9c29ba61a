package dev.anvil.monitor;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A year or quarter of which effects are estimated by its posts alone.
 *
 * @param name such as {@code 2024} or {@code 2024 Q3}
 * @param first its first day
 * @param end the day after its last
 * @param posts in it that can be fitted to
 */
public record EffectPeriod(String name, LocalDate first, LocalDate end, int posts) {
  /** Posts without which a model of their pictures is noise. */
  public static final int LEAST_POSTS = 60;

  private static final int MONTHS = 3;

  /** Whether a model can be fitted to its posts. */
  @JsonIgnore
  public boolean isEnough() {
    return posts >= LEAST_POSTS;
  }

  /**
   * Quarters where at least half of them have enough posts, else years; those without posts are
   * left out.
   *
   * @param times of posts that can be fitted to
   */
  public static List<EffectPeriod> of(List<LocalDateTime> times) {
    List<EffectPeriod> quarters = split(times, EffectPeriod::quarter, MONTHS);
    long enough = quarters.stream().filter(EffectPeriod::isEnough).count();
    return enough > 1 && 2 * enough >= quarters.size()
        ? quarters
        : split(times, day -> day.withDayOfYear(1), 4 * MONTHS);
  }

  private static LocalDate quarter(LocalDate day) {
    return LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / MONTHS * MONTHS + 1, 1);
  }

  private static List<EffectPeriod> split(
      List<LocalDateTime> times, Function<LocalDate, LocalDate> begin, int months) {
    Map<LocalDate, Long> counts =
        times.stream()
            .collect(
                Collectors.groupingBy(
                    t -> begin.apply(t.toLocalDate()), TreeMap::new, Collectors.counting()));
    List<EffectPeriod> periods = new ArrayList<>();
    counts.forEach(
        (first, posts) ->
            periods.add(
                new EffectPeriod(
                    name(first, months), first, first.plusMonths(months), posts.intValue())));
    return periods;
  }

  private static String name(LocalDate first, int months) {
    return months == MONTHS
        ? "%d Q%d".formatted(first.getYear(), (first.getMonthValue() - 1) / MONTHS + 1)
        : Integer.toString(first.getYear());
  }
}
