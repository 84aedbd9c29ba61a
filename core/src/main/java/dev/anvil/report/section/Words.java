package dev.anvil.report.section;

import dev.anvil.stats.Interval;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers, dates and lists as people read them. */
public final class Words {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d\u00a0MMMM uuuu", Locale.ENGLISH);
  private static final String PERCENT = "\u00a0%";
  static final String MINUS = "\u2212";

  private Words() {}

  /** A share without its sign: {@code 12 %}, below one percent {@code 0.4 %}. */
  public static String percent(double share) {
    return unsigned(share) + PERCENT;
  }

  /** A share with its sign: {@code +12 %}. */
  public static String change(double share) {
    String digits = unsigned(share);
    if (!Double.isFinite(share) || isZero(digits)) {
      return digits + PERCENT;
    }
    return (share < 0 ? MINUS : "+") + digits + PERCENT;
  }

  /** A change of a share in percentage points: {@code +12 pp}. */
  public static String points(double change) {
    return change(change).replace(PERCENT, "\u00a0pp");
  }

  /** Both ends of an interval: {@code +9 % to +34 %}. */
  public static String range(Interval interval) {
    return change(interval.low()) + " to " + change(interval.high());
  }

  /** An interval's level: {@code 95 %}. */
  static String level(Interval interval) {
    return percent(interval.level());
  }

  private static String unsigned(double share) {
    if (Double.isNaN(share)) {
      return "\u2013";
    }
    if (Double.isInfinite(share)) {
      return "\u221e";
    }
    double percent = Math.abs(share) * 100;
    return percent < .995 && percent >= .05
        ? fixed(percent, 1)
        : String.format(Locale.ENGLISH, "%,d", Math.round(percent));
  }

  private static boolean isZero(String digits) {
    return digits.equals("0");
  }

  /** A plain number with two decimals: {@code 0.33}. */
  public static String decimal(double value) {
    return decimals(value, 2);
  }

  public static String decimals(double value, int places) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "\u2013" : value < 0 ? MINUS + "\u221e" : "\u221e";
    }
    String digits = fixed(Math.abs(value), places);
    return value < 0 && !digits.equals(fixed(0, places)) ? MINUS + digits : digits;
  }

  /** A probability: {@code 0.03}, {@code < 0.001}. */
  public static String probability(double p) {
    if (Double.isNaN(p)) {
      return "\u2013";
    }
    return p < .001 ? "<\u00a00.001" : fixed(p, p < .1 ? 3 : 2);
  }

  public static String count(int value) {
    return String.format(Locale.ENGLISH, "%,d", value);
  }

  /** {@code 1 creative}, {@code 40 creatives}. */
  public static String count(int value, String singular) {
    return count(value) + "\u00a0" + singular + (value == 1 ? "" : "s");
  }

  public static String date(LocalDate date) {
    return DATE.format(date);
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  public static String list(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /** A constant's name as a class of the style sheet. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** With a small first letter, to stand inside a sentence. */
  static String small(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static String fixed(double value, int decimals) {
    return String.format(Locale.ENGLISH, "%." + decimals + "f", value);
  }

  /** A level of a factor, as in "pictures with colour red"; none of it is "no person". */
  public static String having(String factor, String level) {
    return level.equals("none") ? "no " + factor : factor + " " + level;
  }
}
