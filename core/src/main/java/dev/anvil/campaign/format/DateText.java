package dev.anvil.campaign.format;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A date as it is written, which the column's order and zone make a time.
 *
 * @param year with two digits for a year of this century or the last
 * @param first of the other two parts, as written
 * @param second of the other two parts
 * @param order in which these parts are day and month; empty when the text leaves it open
 * @param time of the day
 * @param offset from UTC, where one is written
 */
record DateText(
    String year,
    int first,
    int second,
    Optional<DateOrder> order,
    LocalTime time,
    Optional<ZoneOffset> offset) {
  private static final String CLOCK =
      "(?:[T,\\s]+(?:at|um|à|a las|-)?\\s*(?<hour>\\d{1,2})(?:[:h.](?<minute>\\d{2}))"
          + "(?:[:.](?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?\\s*(?:Uhr|h|hrs)?"
          + "\\s*(?<half>[AaPp]\\.?\\s?[Mm]\\.?)?\\s*(?<zone>"
          + "\\(?(?:Z|UTC|GMT|[A-Z]{3,4})?\\)?(?:[+-]\\d{2}(?::?\\d{2})?)?)(?:\\[[^\\]]*\\])?)?";
  private static final String WORD = "(?<word>\\p{L}{3,12})\\.?";
  private static final String YEAR = "['\\u2019]?(?<year>\\d{4}|\\d{2})";
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(?<year>\\d{4})([-/.])(?<first>\\d{1,2})\\2(?<last>\\d{1,2})" + CLOCK);
  private static final Pattern BASIC =
      Pattern.compile("(?<year>\\d{4})(?<first>\\d{2})(?<last>\\d{2})" + CLOCK);
  private static final Pattern CHINESE =
      Pattern.compile("(?<year>\\d{4})年(?<first>\\d{1,2})月(?<last>\\d{1,2})日" + CLOCK);
  private static final Pattern DOTTED =
      Pattern.compile("(?<first>\\d{1,2})\\.\\s?(?<last>\\d{1,2})\\.\\s?" + YEAR + CLOCK);
  private static final Pattern OPEN =
      Pattern.compile("(?<first>\\d{1,2})([/-])(?<last>\\d{1,2})\\2" + YEAR + CLOCK);
  private static final Pattern DAY_WORD =
      Pattern.compile(
          "(?<first>\\d{1,2})(?:st|nd|rd|th|\\.|er|º)?[\\s/-]*(?:de |of )?\\s*"
              + WORD
              + "[\\s,/-]*(?:de |del )?\\s*"
              + YEAR
              + CLOCK);
  private static final Pattern WORD_DAY =
      Pattern.compile(
          WORD + "[\\s/-]*(?<first>\\d{1,2})(?:st|nd|rd|th)?(?:\\s*,\\s*|[\\s/-]+)" + YEAR + CLOCK);

  /** {@code Sun Nov 24 07:15:00 +0000 2024}. */
  private static final Pattern TWITTER =
      Pattern.compile("(\\p{L}{3} \\d{1,2}) (\\d{2}:\\d{2}:\\d{2} \\S+) (\\d{4})");

  private static final Pattern WEEKDAY =
      Pattern.compile("^(?<word>\\p{L}{2,10})\\.?,?\\s+(?=[\\d\\p{L}])");
  private static final Map<String, Integer> ZONES =
      Map.ofEntries(
          Map.entry("", 0),
          Map.entry("Z", 0),
          Map.entry("UTC", 0),
          Map.entry("GMT", 0),
          Map.entry("PST", -8),
          Map.entry("PDT", -7),
          Map.entry("MST", -7),
          Map.entry("MDT", -6),
          Map.entry("CST", -6),
          Map.entry("CDT", -5),
          Map.entry("EST", -5),
          Map.entry("EDT", -4),
          Map.entry("BST", 1),
          Map.entry("AKST", -9),
          Map.entry("AKDT", -8),
          Map.entry("HST", -10),
          Map.entry("BRT", -3),
          Map.entry("WET", 0),
          Map.entry("WEST", 1),
          Map.entry("EET", 2),
          Map.entry("EEST", 3),
          Map.entry("MSK", 3),
          Map.entry("SGT", 8),
          Map.entry("HKT", 8),
          Map.entry("KST", 9),
          Map.entry("AEST", 10),
          Map.entry("AEDT", 11),
          Map.entry("NZST", 12),
          Map.entry("NZDT", 13),
          Map.entry("CET", 1),
          Map.entry("MEZ", 1),
          Map.entry("CEST", 2),
          Map.entry("MESZ", 2),
          Map.entry("JST", 9));

  /** Takes a date apart; empty when the text is none. */
  static Optional<DateText> of(String cell) {
    String text = plain(cell);
    return of(YEAR_FIRST, text, Optional.of(DateOrder.MONTH_FIRST))
        .or(() -> of(BASIC, text, Optional.of(DateOrder.MONTH_FIRST)))
        .or(() -> of(CHINESE, text, Optional.of(DateOrder.MONTH_FIRST)))
        .or(() -> of(DOTTED, text, Optional.of(DateOrder.DAY_FIRST)))
        .or(() -> of(OPEN, text, Optional.empty()))
        .or(() -> worded(DAY_WORD, text))
        .or(() -> worded(WORD_DAY, text));
  }

  /** One alphabet of digits, single spaces, no day of the week. */
  static String plain(String cell) {
    String text =
        Normalizer.normalize(cell, Normalizer.Form.NFKC)
            .replaceAll("[\\u200e\\u200f]", "")
            .replaceAll("\\s+", " ")
            .strip();
    StringBuilder digits = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> digits.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
    String plain = digits.toString();
    Matcher weekday = WEEKDAY.matcher(plain);
    if (weekday.find()
        && (Months.of(weekday.group("word")).isEmpty()
            || isNamed(plain.substring(weekday.end())))) {
      plain = plain.substring(weekday.end());
    }
    Matcher twitter = TWITTER.matcher(plain);
    return twitter.matches()
        ? twitter.group(1) + " " + twitter.group(3) + " " + twitter.group(2)
        : plain;
  }

  /** Whether a day and a month are left: "mar." is a month, and Tuesday of "mar. 5 mars 2024". */
  private static boolean isNamed(String rest) {
    return Stream.of(DAY_WORD, OPEN, DOTTED).anyMatch(form -> form.matcher(rest).matches());
  }

  private static Optional<DateText> of(Pattern pattern, String text, Optional<DateOrder> order) {
    Matcher parts = pattern.matcher(text);
    return parts.matches()
        ? of(parts, number(parts, "first"), number(parts, "last"), order)
        : Optional.empty();
  }

  private static Optional<DateText> worded(Pattern pattern, String text) {
    Matcher parts = pattern.matcher(text);
    return parts.matches()
        ? Months.of(parts.group("word"))
            .flatMap(
                month -> of(parts, number(parts, "first"), month, Optional.of(DateOrder.DAY_FIRST)))
        : Optional.empty();
  }

  private static Optional<DateText> of(
      Matcher parts, int first, int second, Optional<DateOrder> order) {
    try {
      return Optional.of(
          new DateText(
              parts.group("year"), first, second, order, time(parts), offset(parts.group("zone"))));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, String group) {
    return Integer.parseInt(parts.group(group));
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
      hour = hour % 12 + (half.toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
    }
    int second = parts.group("second") == null ? 0 : number(parts, "second");
    String fraction = parts.group("fraction") == null ? "" : parts.group("fraction");
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    return LocalTime.of(hour, number(parts, "minute"), second, nanos);
  }

  private static Optional<ZoneOffset> offset(String written) {
    if (written == null || written.isEmpty()) {
      return Optional.empty();
    }
    int sign = Math.max(written.indexOf('+'), written.indexOf('-'));
    String name = (sign < 0 ? written : written.substring(0, sign)).replaceAll("[()]", "");
    Integer hours = ZONES.get(name);
    if (hours == null) {
      throw new DateTimeException("no time zone is called " + name);
    }
    return Optional.of(
        sign < 0 ? ZoneOffset.ofHours(hours) : ZoneOffset.of(written.substring(sign)));
  }

  /** Whether day and month could be told the other way round, and would give another date. */
  boolean isOpen() {
    return order.isEmpty() && first != second && first <= 12 && second <= 12;
  }

  /** The order that the numbers themselves tell, of an open form. */
  Optional<DateOrder> told() {
    if (order.isPresent() || (first <= 12 && second <= 12)) {
      return Optional.empty();
    }
    return Optional.of(first > 12 ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST);
  }

  /**
   * The local time as it is written.
   *
   * @param open order of day and month where the text leaves it open
   * @param latest two-digit years above its next are of the last century
   */
  Optional<LocalDateTime> local(DateOrder open, LocalDate latest) {
    boolean dayFirst = order.orElse(open) == DateOrder.DAY_FIRST;
    int full = Integer.parseInt(year);
    if (year.length() == 2) {
      full += 2000 + full > latest.getYear() + 1 ? 1900 : 2000;
    }
    try {
      return Optional.of(
          LocalDate.of(full, dayFirst ? second : first, dayFirst ? first : second).atTime(time));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
