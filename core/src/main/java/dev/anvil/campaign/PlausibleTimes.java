package dev.anvil.campaign;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells times at which nobody posted: zeros of clocks and spreadsheets, dates before pictures were
 * posted, dates far from all others, and the future.
 *
 * @param latest later times are in the future, wherever the post was
 * @param earliest earlier times are too far from all others; empty for few posts
 */
record PlausibleTimes(LocalDateTime latest, Optional<LocalDateTime> earliest) {
  private static final int FIRST_YEAR = 1900;
  private static final int FAR_YEARS = 20;
  private static final int FEWEST = 10;
  private static final int EARLY = 10;

  /** Clocks that are up to this far ahead are on Earth. */
  private static final int HOURS_AHEAD = 14;

  private static final Set<LocalDate> ZEROS =
      Set.of(
          LocalDate.of(1899, 12, 30),
          LocalDate.of(1899, 12, 31),
          LocalDate.of(1900, 1, 1),
          LocalDate.of(1904, 1, 1),
          LocalDate.of(1969, 12, 31),
          LocalDate.of(1970, 1, 1));

  /** What is plausible among a column's times. */
  static PlausibleTimes of(List<LocalDateTime> times, LocalDateTime now) {
    List<LocalDateTime> sorted = times.stream().sorted().toList();
    return new PlausibleTimes(
        now.plusHours(HOURS_AHEAD),
        sorted.size() < FEWEST
            ? Optional.empty()
            : Optional.of(sorted.get(sorted.size() / EARLY + 1).minusYears(FAR_YEARS)));
  }

  boolean isFuture(LocalDateTime time) {
    return time.isAfter(latest);
  }

  /** Why nobody posted at a time, if that is so. */
  Optional<String> impossible(LocalDateTime time) {
    if (ZEROS.contains(time.toLocalDate())) {
      return Optional.of("this is where a clock or a spreadsheet starts counting");
    }
    if (time.getYear() < FIRST_YEAR) {
      return Optional.of("this is before " + FIRST_YEAR);
    }
    return earliest
        .filter(time::isBefore)
        .map(early -> "this is %d years before the others".formatted(FAR_YEARS));
  }
}
