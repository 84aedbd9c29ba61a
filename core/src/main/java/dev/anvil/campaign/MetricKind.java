package dev.anvil.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a metric's values can be: how they are read, and which target is made of them
 * (docs/method.md section 1). Decided once, at import, and kept with the {@link Campaign}.
 */
public enum MetricKind {
  /** How often something happened: a whole number, 0 or more. */
  COUNT("a whole number, 0 or more"),
  /** A share from 0 to 1. */
  RATE("a share from 0 to 1 or a percentage such as 1.2%"),
  /** Any other quantity, 0 or more: revenue. */
  AMOUNT("a number, 0 or more"),
  /** Any number, negative ones too: a sentiment score. */
  VALUE("a number");

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
  private static final Pattern SIGNED = Pattern.compile("[-+\u2212]");
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

  /**
   * The kind of a column as it is written.
   *
   * @param texts its cells; those that are no numbers tell nothing
   */
  static MetricKind of(String metric, List<String> texts) {
    double[] numbers =
        texts.stream()
            .mapToDouble(text -> (isPercentage(text) ? RATE : VALUE).parse(text).orElse(Double.NaN))
            .toArray();
    return of(metric, numbers, texts.stream().anyMatch(MetricKind::isPercentage));
  }

  /**
   * The kind that a metric's name and values suggest. A name such as {@code ctr} makes it a {@link
   * #RATE}, and so do values that are all within 0 to 1, some of them fractions, whatever the name;
   * a name such as {@code likes} makes it a {@link #COUNT}. Else a value below 0 makes it a {@link
   * #VALUE}, and all others are an {@link #AMOUNT}.
   *
   * @param values NaN where not measured
   */
  public static MetricKind of(String metric, double[] values) {
    return of(metric, values, /* percentages= */ false);
  }

  private static MetricKind of(String metric, double[] values, boolean percentages) {
    MetricKind named = ofName(metric);
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    boolean bounded = known.length > 0 && Arrays.stream(known).allMatch(v -> v >= 0 && v <= 1);
    boolean fractions = percentages || Arrays.stream(known).anyMatch(v -> v != Math.rint(v));
    if (named == RATE || (bounded && fractions)) {
      return RATE;
    }
    if (named == COUNT) {
      return COUNT;
    }
    return Arrays.stream(known).anyMatch(v -> v < 0) ? VALUE : AMOUNT;
  }

  private static boolean isPercentage(String text) {
    return text.strip().endsWith("%");
  }

  /** The kind that a metric's name tells; AMOUNT when it tells nothing. */
  static MetricKind ofName(String metric) {
    String name = ColumnNames.plain(metric);
    if (RATES.contains(name) || name.endsWith("rate")) {
      return RATE;
    }
    return COUNTED.contains(word(metric)) ? COUNT : AMOUNT;
  }

  /** The bare word for what is counted: {@code like} of "Number of Likes". */
  static String word(String metric) {
    return ColumnNames.plain(metric)
        .replaceFirst("^(?:numberof|num|total|post)", "")
        .replaceFirst("(?:count|counts|total)$", "")
        .replaceFirst("s$", "");
  }

  /** What a value has to be, for messages. */
  String expected() {
    return expected;
  }

  /** The value that a text has; empty when it has none or could mean two. */
  OptionalDouble parse(String text) {
    String number = text.strip();
    if (this == RATE && isPercentage(number)) {
      return plausible(decimal(number.substring(0, number.length() - 1).strip()) / 100);
    }
    if (this == VALUE && SIGNED.matcher(number).lookingAt()) {
      double sign = number.startsWith("+") ? 1 : -1;
      return plausible(sign * decimal(number.substring(1).strip()));
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
