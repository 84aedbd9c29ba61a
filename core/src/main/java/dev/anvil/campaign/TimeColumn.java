package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the times of one column.
 *
 * <p>A time without a zone is taken as it stands; one with a zone, and seconds or milliseconds
 * since 1970, become the local time of one given zone, so that all have one order.
 */
final class TimeColumn {
  static final String EXPECTED = "a date such as 2017-03-04 or 2017-03-04 18:20";

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final Pattern SECONDS = Pattern.compile("(\\d{9,10})(?:\\.\\d*)?");
  private static final Pattern MILLIS = Pattern.compile("(\\d{12,13})(?:\\.0*)?");

  /** Numbers whose order the column has to show. */
  private static final Pattern OPEN =
      Pattern.compile("(?<first>\\d{1,2})[/-](?<second>\\d{1,2})[/-](?<year>\\d{4})\\b.*");

  private static final Pattern TIME =
      Pattern.compile(
          "(?:\\p{Alpha}{3,9}day,?\\s+|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\\s+)?"
              + "(?:(?<year>\\d{4})[-/.](?<month>\\d{1,2})[-/.](?<day>\\d{1,2})"
              + "|(?<basic>\\d{8})"
              + "|(?<dotDay>\\d{1,2})\\.(?<dotMonth>\\d{1,2})\\.(?<dotYear>\\d{4})"
              + "|(?<first>\\d{1,2})[/-](?<second>\\d{1,2})[/-](?<openYear>\\d{4})"
              + "|(?<wordDay>\\d{1,2})(?:st|nd|rd|th)?[ -](?<word>\\p{Alpha}{3,9})\\.?,?[ -](?<wordYear>\\d{4})"
              + "|(?<usWord>\\p{Alpha}{3,9})\\.? (?<usDay>\\d{1,2})(?:st|nd|rd|th)?,? (?<usYear>\\d{4}))"
              + "(?:[T,\\s]+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second2>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?"
              + "\\s*(?<half>[AaPp][Mm])?\\s*(?<zone>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?");

  private final Optional<DateOrder> order;
  private final ZoneId zone;

  private TimeColumn(Optional<DateOrder> order, ZoneId zone) {
    this.order = order;
    this.zone = zone;
  }

  /**
   * Learns from all of a column's values what comes first in dates like 03/04/2017.
   *
   * @param zone of the times that it gives
   * @throws InvalidInputException when the column leaves it open, or contradicts itself
   */
  static TimeColumn of(RawTable table, String column, Optional<DateOrder> given, ZoneId zone) {
    if (given.isPresent()) {
      return new TimeColumn(given, zone);
    }
    List<Matcher> open =
        table.known(column).stream().map(OPEN::matcher).filter(Matcher::matches).toList();
    Optional<String> dayFirst = firstWith(open, "first");
    Optional<String> monthFirst = firstWith(open, "second");
    if (dayFirst.isPresent() && monthFirst.isPresent()) {
      throw new InvalidInputException(
          table.file(),
          "%s has both \"%s\" and \"%s\"; expected the day, or the month, to come first in all"
              .formatted(column, dayFirst.get(), monthFirst.get()));
    }
    Optional<String> undecided =
        open.stream()
            .filter(date -> !date.group("first").equals(date.group("second")))
            .map(Matcher::group)
            .findFirst();
    if (dayFirst.isEmpty() && monthFirst.isEmpty() && undecided.isPresent()) {
      throw new InvalidInputException(
          table.file(),
          "%s has only dates such as \"%s\", which may begin with the day or the month; expected dates such as 2017-03-04, or to be told the order"
              .formatted(column, undecided.get()));
    }
    DateOrder shown = monthFirst.isPresent() ? DateOrder.MONTH_FIRST : DateOrder.DAY_FIRST;
    return new TimeColumn(Optional.of(shown), zone);
  }

  /** The first date in which one of the two numbers cannot be a month. */
  private static Optional<String> firstWith(List<Matcher> dates, String dayPart) {
    return dates.stream()
        .filter(date -> Integer.parseInt(date.group(dayPart)) > 12)
        .map(Matcher::group)
        .findFirst();
  }

  static boolean looksLikeTime(String text) {
    return TIME.matcher(text).matches();
  }

  /** The local time that a text tells; empty when it tells none. */
  Optional<LocalDateTime> parse(String text) {
    Matcher seconds = SECONDS.matcher(text);
    if (seconds.matches()) {
      return Optional.of(local(Instant.ofEpochSecond(Long.parseLong(seconds.group(1)))));
    }
    Matcher millis = MILLIS.matcher(text);
    if (millis.matches()) {
      return Optional.of(local(Instant.ofEpochMilli(Long.parseLong(millis.group(1)))));
    }
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      LocalDateTime time = date(parts).atTime(time(parts));
      String offset = parts.group("zone");
      return Optional.of(
          offset == null || offset.isEmpty()
              ? time
              : local(time.toInstant(ZoneOffset.of(offset.matches("[A-Z]+") ? "Z" : offset))));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  private LocalDate date(Matcher parts) {
    if (parts.group("year") != null) {
      return date(parts, "year", number(parts, "month"), "day");
    }
    if (parts.group("basic") != null) {
      String digits = parts.group("basic");
      return LocalDate.of(
          Integer.parseInt(digits, 0, 4, 10),
          Integer.parseInt(digits, 4, 6, 10),
          Integer.parseInt(digits, 6, 8, 10));
    }
    if (parts.group("dotYear") != null) {
      return date(parts, "dotYear", number(parts, "dotMonth"), "dotDay");
    }
    if (parts.group("openYear") != null) {
      return order.orElseThrow() == DateOrder.DAY_FIRST
          ? date(parts, "openYear", number(parts, "second"), "first")
          : date(parts, "openYear", number(parts, "first"), "second");
    }
    return parts.group("wordYear") != null
        ? date(parts, "wordYear", month(parts.group("word")), "wordDay")
        : date(parts, "usYear", month(parts.group("usWord")), "usDay");
  }

  private static LocalDate date(Matcher parts, String year, int month, String day) {
    return LocalDate.of(number(parts, year), month, number(parts, day));
  }

  private static int month(String word) {
    int at = MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT));
    if (at < 0 || at % 3 != 0) {
      throw new DateTimeException("no month is called " + word);
    }
    return at / 3 + 1;
  }

  private static LocalTime time(Matcher parts) {
    if (parts.group("hour") == null) {
      return LocalTime.MIDNIGHT;
    }
    int hour = number(parts, "hour");
    String half = parts.group("half");
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("hour is " + hour + "; expected 1 to 12 before " + half);
      }
      hour = hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
    }
    int second = parts.group("second2") == null ? 0 : number(parts, "second2");
    String fraction = parts.group("fraction") == null ? "" : parts.group("fraction");
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    return LocalTime.of(hour, number(parts, "minute"), second, nanos);
  }

  private static int number(Matcher parts, String group) {
    return Integer.parseInt(parts.group(group));
  }
}
