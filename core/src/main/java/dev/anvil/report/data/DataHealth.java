package dev.anvil.report.data;

import static java.util.Objects.requireNonNull;

import dev.anvil.Problem;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was read and what was wrong with it.
 *
 * @param rows read from the posts' file
 * @param quarantined rows that were set aside
 * @param problems why, in the order of the file
 * @param missing column to number of posts without a value, in the order shown
 * @param elements element to share of creatives in which it was found, 0 to 1, in the order shown
 * @param subject what people call the main element of the pictures; empty where there is none
 * @param reposts posts whose creative had been posted before
 * @param cut posts before this day are left out of fitting
 */
public record DataHealth(
    int rows,
    int quarantined,
    List<Problem> problems,
    Map<String, Integer> missing,
    Map<String, Double> elements,
    Optional<String> subject,
    int reposts,
    Optional<LocalDate> cut) {
  public DataHealth {
    Require.notNegative(rows, "rows");
    Require.notNegative(quarantined, "quarantined");
    Require.notNegative(reposts, "reposts");
    problems = List.copyOf(problems);
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
    elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
    requireNonNull(subject, "subject is null");
    requireNonNull(cut, "cut is null");
    elements.forEach((element, share) -> Require.share(share, element));
    if (quarantined > rows) {
      throw new IllegalArgumentException(
          "quarantined is %d; expected at most the %d rows".formatted(quarantined, rows));
    }
  }
}
