package dev.anvil.campaign;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a metric's values can be; decides how they are read and which target suits (METHOD 1). */
public enum MetricKind {
  /** How often something happened: a whole number, 0 or more. */
  COUNT("a whole number, 0 or more"),
  /** A share from 0 to 1. */
  RATE("a share from 0 to 1 or a percentage such as 1.2%"),
  /** Any other quantity, 0 or more. */
  AMOUNT("a number, 0 or more");

  private static final Set<String> COUNTED =
      Set.of(
          "like",
          "favorite",
          "favourite",
          "heart",
          "reaction",
          "click",
          "impression",
          "view",
          "reach",
          "comment",
          "share",
          "save",
          "repost",
          "retweet",
          "reply",
          "replie",
          "play",
          "engagement",
          "interaction",
          "conversion",
          "purchase",
          "download",
          "install",
          "signup",
          "lead",
          "follow");
  private static final Set<String> RATES = Set.of("ctr", "cvr", "clickthrough");

  private static final Pattern DECIMAL =
      Pattern.compile("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("\\d+,\\d+");

  /** Groups of three by one mark, and perhaps decimals by another: 1,234,567.8 or 1.234.567,8. */
  private static final Pattern GROUPED =
      Pattern.compile(
          "(?<whole>[1-9]\\d{0,2}(?<mark>[,.'\u2019 \u00a0\u202f])\\d{3}(?:\\k<mark>\\d{3})*)"
              + "(?:(?!\\k<mark>)[.,](?<decimals>\\d+))?");

  private final String expected;

  MetricKind(String expected) {
    this.expected = expected;
  }

  /** The kind that a metric's name tells; AMOUNT when it tells nothing. */
  public static MetricKind of(String metric) {
    String name = ColumnNames.plain(metric);
    if (RATES.contains(name) || name.endsWith("rate")) {
      return RATE;
    }
    String word =
        name.replaceFirst("^(?:numberof|num|total|post)", "")
            .replaceFirst("(?:count|counts|total)$", "")
            .replaceFirst("s$", "");
    return COUNTED.contains(word) ? COUNT : AMOUNT;
  }

  /** What a value has to be, for messages. */
  String expected() {
    return expected;
  }

  /** The value that a text has; empty when it has none or could mean two. */
  OptionalDouble parse(String text) {
    String number = text.strip();
    if (this == RATE && number.endsWith("%")) {
      return plausible(decimal(number.substring(0, number.length() - 1).strip()) / 100);
    }
    double value = decimal(number);
    return plausible(this == COUNT && value != Math.rint(value) ? Double.NaN : value);
  }

  private OptionalDouble plausible(double value) {
    boolean isFine = Double.isFinite(value) && (this != RATE || value <= 1);
    return isFine ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private double decimal(String number) {
    Matcher grouped = GROUPED.matcher(number);
    if (grouped.matches()) {
      return ungroup(grouped);
    }
    if (DECIMAL.matcher(number).matches()) {
      return Double.parseDouble(number);
    }
    return DECIMAL_COMMA.matcher(number).matches()
        ? Double.parseDouble(number.replace(',', '.'))
        : Double.NaN;
  }

  /**
   * A number such as 12.345 is read as it stands, 12,345 has two meanings: twelve thousand, or
   * twelve and a bit. A count has no decimals: there 12,345 is clear, and 12.345 is not.
   */
  private double ungroup(Matcher grouped) {
    String whole = grouped.group("whole");
    String mark = grouped.group("mark");
    Optional<String> decimals = Optional.ofNullable(grouped.group("decimals"));
    boolean isOneGroup = whole.indexOf(mark) == whole.lastIndexOf(mark);
    if (isOneGroup && decimals.isEmpty()) {
      if (mark.equals(".")) {
        return Double.parseDouble(whole);
      }
      if (mark.equals(",") && this != COUNT) {
        return Double.NaN;
      }
    }
    return Double.parseDouble(whole.replace(mark, "") + "." + decimals.orElse("0"));
  }
}
