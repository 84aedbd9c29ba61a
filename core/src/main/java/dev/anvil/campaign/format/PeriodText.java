package dev.anvil.campaign.format;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A month or a week as it is written in place of a date: 2024-01, Jan 2024, 01/2024, 2024-W01. */
final class PeriodText {
  private static final Pattern YEAR_MONTH =
      Pattern.compile("(?<year>\\d{4})(?:[-/]|年)(?<month>\\d{1,2})月?");
  private static final Pattern MONTH_YEAR =
      Pattern.compile("(?<month>\\d{1,2})[-/](?<year>\\d{4})");
  private static final Pattern WORD_YEAR =
      Pattern.compile("(?<word>\\p{L}{3,12})\\.?[\\s,/-]*(?:de |del )?(?<year>\\d{4})");
  private static final Pattern YEAR_WORD =
      Pattern.compile("(?<year>\\d{4})[\\s,/-]*(?<word>\\p{L}{3,12})\\.?");
  private static final Pattern WEEK =
      Pattern.compile(
          "(?<year>\\d{4})[-\\s]?(?:W|KW|WK)\\s?(?<week>\\d{2})", Pattern.CASE_INSENSITIVE);

  private PeriodText() {}

  /** The first day of the month or, by ISO 8601, of the week; empty when the text is neither. */
  static Optional<LocalDate> firstDay(String cell) {
    String text = DateText.plain(cell);
    try {
      return numbered(YEAR_MONTH, text)
          .or(() -> numbered(MONTH_YEAR, text))
          .or(() -> worded(WORD_YEAR, text))
          .or(() -> worded(YEAR_WORD, text))
          .or(() -> week(text));
    } catch (DateTimeException noSuchPeriod) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> numbered(Pattern pattern, String text) {
    Matcher parts = pattern.matcher(text);
    return parts.matches()
        ? Optional.of(LocalDate.of(year(parts), Integer.parseInt(parts.group("month")), 1))
        : Optional.empty();
  }

  private static Optional<LocalDate> worded(Pattern pattern, String text) {
    Matcher parts = pattern.matcher(text);
    return parts.matches()
        ? Months.of(parts.group("word")).map(month -> LocalDate.of(year(parts), month, 1))
        : Optional.empty();
  }

  private static Optional<LocalDate> week(String text) {
    Matcher parts = WEEK.matcher(text);
    return parts.matches()
        ? Optional.of(
            LocalDate.of(year(parts), 7, 1)
                .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, Integer.parseInt(parts.group("week")))
                .with(DayOfWeek.MONDAY))
        : Optional.empty();
  }

  private static int year(Matcher parts) {
    return Integer.parseInt(parts.group("year"));
  }
}
