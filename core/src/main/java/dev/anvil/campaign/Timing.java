package dev.anvil.campaign;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Decides whether posts have times that a trend can be learned from. */
final class Timing {
  private static final int HISTORY = 10;
  private static final int MONTHS = 12;
  private static final int FEWEST_TO_JUDGE = 20;

  private Timing() {}

  /**
   * Why times are not used, if so: all the same, or so sparse that most posts have too few within
   * the year before to be compared with (docs/method.md section 1).
   */
  static Optional<String> unusable(List<Draft> sound, String column) {
    List<LocalDateTime> times =
        sound.stream().flatMap(draft -> draft.time.stream()).sorted().toList();
    if (times.size() > 2 && times.stream().distinct().count() == 1) {
      return Optional.of("%s is the same in all rows".formatted(column));
    }
    long judged = 0;
    for (int i = 0; i < times.size(); i++) {
      boolean enough =
          i >= HISTORY && !times.get(i - HISTORY).isBefore(times.get(i).minusMonths(MONTHS));
      judged += enough ? 1 : 0;
    }
    return times.size() >= FEWEST_TO_JUDGE && 2 * judged < times.size()
        ? Optional.of(
            "%s is sparse: %d of %d posts have fewer than %d posts in the %d months before"
                .formatted(column, times.size() - judged, times.size(), HISTORY, MONTHS))
        : Optional.empty();
  }
}
