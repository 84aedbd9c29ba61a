package dev.anvil.campaign.format;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the times of one column.
 *
 * <p>A time without a zone is taken as it stands; one with a zone, and seconds or milliseconds
 * since 1970, become the local time of one given zone, so that all have one order. Numbers of five
 * digits are the days that spreadsheets count from 1900. A month or a week is its first day.
 *
 * @param order of day and month in dates that leave it open
 * @param zone of the times that it gives
 * @param latest no date is expected after; tells the century of years with two digits
 */
public record DateColumn(DateOrder order, ZoneId zone, LocalDate latest) {
  /** What a text has to be, for messages. */
  public static final String EXPECTED = "a date such as 2017-03-04 or 2017-03-04 18:20";

  private static final Pattern SECONDS = Pattern.compile("(\\d{9,10})(?:\\.\\d*)?");
  private static final Pattern MILLIS = Pattern.compile("(\\d{12,13})(?:\\.0*)?");
  private static final Pattern SERIAL = Pattern.compile("([2-6]\\d{4})(?:[.,](\\d+))?");
  private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);
  private static final double SECONDS_A_DAY = 86_400;

  public DateColumn {
    requireNonNull(order, "order is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(latest, "latest is null");
  }

  /**
   * What the cells of a column say about the order of day and month.
   *
   * @param dayFirst an example whose first number can be no month
   * @param monthFirst an example whose second number can be no month
   * @param open an example that may mean two days
   */
  public record Shown(
      Optional<String> dayFirst, Optional<String> monthFirst, Optional<String> open) {
    /** The order that the column shows, if it shows one and not the other. */
    public Optional<DateOrder> order() {
      if (isMixed()) {
        return Optional.empty();
      }
      return dayFirst
          .map(example -> DateOrder.DAY_FIRST)
          .or(() -> monthFirst.map(example -> DateOrder.MONTH_FIRST));
    }

    /** Whether both orders are there. */
    public boolean isMixed() {
      return dayFirst.isPresent() && monthFirst.isPresent();
    }
  }

  /** Looks at all cells of a column. */
  public static Shown shown(List<String> cells) {
    Optional<String> dayFirst = Optional.empty();
    Optional<String> monthFirst = Optional.empty();
    Optional<String> open = Optional.empty();
    for (String cell : cells) {
      Optional<DateText> date = DateText.of(cell);
      Optional<DateOrder> told = date.flatMap(DateText::told);
      if (told.isPresent() && told.get() == DateOrder.DAY_FIRST) {
        dayFirst = dayFirst.or(() -> Optional.of(cell));
      } else if (told.isPresent()) {
        monthFirst = monthFirst.or(() -> Optional.of(cell));
      } else if (date.filter(DateText::isOpen).isPresent()) {
        open = open.or(() -> Optional.of(cell));
      }
    }
    return new Shown(dayFirst, monthFirst, open);
  }

  /** Whether a text is a date in words and numbers, not a bare number. */
  public static boolean looksLikeDate(String text) {
    return DateText.of(text).isPresent() || isPeriod(text);
  }

  /** Whether a text names a month or a week, not a day. */
  public static boolean isPeriod(String text) {
    return PeriodText.firstDay(text).isPresent();
  }

  /** Whether a text is a number that may stand for a time. */
  public static boolean looksLikeNumber(String text) {
    return SECONDS.matcher(text).matches()
        || MILLIS.matcher(text).matches()
        || SERIAL.matcher(text).matches();
  }

  /** Whether a text is the number of a day, as spreadsheets write dates that lost their format. */
  public static boolean isSerial(String text) {
    return SERIAL.matcher(text).matches();
  }

  /** Whether a text begins with the year, as dates do that a spreadsheet recognised. */
  public static boolean isYearFirst(String text) {
    return DateText.of(text)
        .flatMap(DateText::order)
        .filter(DateOrder.MONTH_FIRST::equals)
        .isPresent();
  }

  /** The local time that a text tells; empty when it tells none. */
  public Optional<LocalDateTime> parse(String text) {
    Matcher seconds = SECONDS.matcher(text);
    if (seconds.matches()) {
      return Optional.of(local(Instant.ofEpochSecond(Long.parseLong(seconds.group(1)))));
    }
    Matcher millis = MILLIS.matcher(text);
    if (millis.matches()) {
      return Optional.of(local(Instant.ofEpochMilli(Long.parseLong(millis.group(1)))));
    }
    Matcher serial = SERIAL.matcher(text);
    if (serial.matches()) {
      double part = serial.group(2) == null ? 0 : Double.parseDouble("0." + serial.group(2));
      return Optional.of(
          SERIAL_ZERO
              .plusDays(Long.parseLong(serial.group(1)))
              .atStartOfDay()
              .plusSeconds(Math.round(part * SECONDS_A_DAY)));
    }
    return DateText.of(text)
        .flatMap(
            date ->
                date.local(order, latest)
                    .map(time -> date.offset().map(o -> local(time.toInstant(o))).orElse(time)))
        .or(() -> PeriodText.firstDay(text).map(LocalDate::atStartOfDay));
  }

  private LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  /** Whether a text states its time zone, as seconds since 1970 do. */
  public static boolean isZoned(String text) {
    return SECONDS.matcher(text).matches()
        || MILLIS.matcher(text).matches()
        || DateText.of(text).filter(date -> date.offset().isPresent()).isPresent();
  }

  /** Whether the column's times never go back, or never forward, in the order of the file. */
  public boolean isSorted(List<String> cells) {
    List<LocalDateTime> times = new ArrayList<>();
    cells.forEach(cell -> parse(cell).ifPresent(times::add));
    boolean up = true;
    boolean down = true;
    for (int i = 1; i < times.size(); i++) {
      up &= !times.get(i).isBefore(times.get(i - 1));
      down &= !times.get(i).isAfter(times.get(i - 1));
    }
    return times.size() > 2 && (up || down);
  }

  /** How many texts are times after the latest that is expected, or none at all. */
  public long impossible(List<String> cells) {
    return cells.stream()
        .map(this::parse)
        .filter(time -> time.isEmpty() || time.get().toLocalDate().isAfter(latest))
        .count();
  }
}
