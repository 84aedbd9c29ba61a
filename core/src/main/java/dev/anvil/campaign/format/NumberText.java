package dev.anvil.campaign.format;

import dev.anvil.campaign.header.Headers;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A cell that holds a number, taken apart: sign, digits with their marks, exponent, and what stands
 * around them (currency, a percent sign, "K", "Mio", "likes").
 *
 * @param core digits with points and commas; other marks between groups of three are gone
 * @param spaced whether such other marks grouped digits
 * @param exponent power of ten, of {@code 1.79E+16}; empty when not written so
 * @param factor 1000 for "K"; -1 times that for negative numbers
 * @param percent whether a percent sign is there
 * @param currency as it is written, "USD" for the sign of dollars alone; empty where none is
 */
public record NumberText(
    String core,
    boolean spaced,
    Optional<Integer> exponent,
    double factor,
    boolean percent,
    Optional<String> currency) {
  private static final String SPACES =
      "[ \\u00a0\\u2009\\u202f\\u2007\\u2008'\\u2019\\u02bc_\\u066c]";
  private static final Pattern SPACE = Pattern.compile(SPACES);
  private static final Pattern QUOTE = Pattern.compile("^'(?=[\\d-])");
  private static final Pattern LAST_POINT = Pattern.compile("\\.$");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<before>[^\\d.,]*)"
              + "(?<core>(?:\\d(?:[\\d.,]|"
              + SPACES
              + "(?=\\d{3}(?!\\d)))*|[.,]\\d+))"
              + "(?:[eE](?<exponent>[+-]?\\d{1,3}))?"
              + "(?<after>.*)");
  private static final Set<String> CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toSet());
  private static final Pattern CODE = Pattern.compile("[A-Z]{3}");
  private static final Pattern CURRENCY =
      Pattern.compile(
          "[A-Z]{0,2}\\$|\\p{Sc}|(?<!\\p{L})(?:[A-Z]{3}(?!\\p{L})"
              + "|(?i:s?fr|kr|zł|kč|ft|lei|rs|tl|rp|руб|euros?|dollars?)(?!\\p{L})\\.?)",
          Pattern.UNICODE_CASE);
  private static final Map<String, String> SIGNS =
      Map.of("$", "USD", "US$", "USD", "€", "EUR", "£", "GBP", "EURO", "EUR", "EUROS", "EUR");

  /** {@code 12.-} and {@code 12,--} are amounts without cents. */
  private static final Pattern NO_CENTS = Pattern.compile("(?<=\\d)[.,][-\u2014]{1,2}$");

  /** What stands before an exponent shows the mark of decimals itself. */
  private static final Map<NumberStyle, Pattern> SCIENTIFIC =
      Map.of(
          NumberStyle.COMMA, Pattern.compile("\\d,\\d+"),
          NumberStyle.POINT, Pattern.compile("\\d\\.\\d+"));

  private static final Map<NumberStyle, Pattern> WRITTEN =
      Arrays.stream(NumberStyle.values())
          .collect(Collectors.toMap(style -> style, NumberText::written));

  private static final Map<String, Double> FACTORS =
      Map.ofEntries(
          Map.entry("k", 1e3),
          Map.entry("tsd", 1e3),
          Map.entry("tausend", 1e3),
          Map.entry("mila", 1e3),
          Map.entry("tys", 1e3),
          Map.entry("тыс", 1e3),
          Map.entry("lakh", 1e5),
          Map.entry("lakhs", 1e5),
          Map.entry("crore", 1e7),
          Map.entry("crores", 1e7),
          Map.entry("cr", 1e7),
          Map.entry("mil", 1e3),
          Map.entry("mille", 1e3),
          Map.entry("m", 1e6),
          Map.entry("mio", 1e6),
          Map.entry("mi", 1e6),
          Map.entry("mln", 1e6),
          Map.entry("млн", 1e6),
          Map.entry("mill", 1e6),
          Map.entry("million", 1e6),
          Map.entry("millions", 1e6),
          Map.entry("millionen", 1e6),
          Map.entry("millones", 1e6),
          Map.entry("b", 1e9),
          Map.entry("bn", 1e9),
          Map.entry("mrd", 1e9),
          Map.entry("mld", 1e9),
          Map.entry("md", 1e9),
          Map.entry("万", 1e4),
          Map.entry("亿", 1e8),
          Map.entry("億", 1e8));

  /** What a cell says about the style of its column. */
  public enum Evidence {
    POINT,
    COMMA,
    /** One mark before three digits: 12.345 or 12,345. */
    EITHER,
    NONE
  }

  /** Takes a cell apart; empty when it is no number in any style, as 24.11.2024 is not. */
  public static Optional<NumberText> of(String cell) {
    String written = plain(cell);
    Optional<String> money =
        CURRENCY
            .matcher(written)
            .results()
            .map(MatchResult::group)
            .filter(NumberText::isMoney)
            .findFirst();
    String bare = money.map(sign -> written.replace(sign, "").strip()).orElse(written);
    String text = NO_CENTS.matcher(bare).replaceFirst("");
    boolean bracketed = text.startsWith("(") && text.endsWith(")");
    Matcher matcher =
        NUMBER.matcher(bracketed ? text.substring(1, text.length() - 1).strip() : text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String before = matcher.group("before");
    String after = matcher.group("after");
    boolean percent = before.contains("%") || after.contains("%");
    before = before.replace("%", "").strip();
    after = after.replace("%", "").strip();
    boolean negative = bracketed || before.equals("-") || after.equals("-");
    if (!(before.isEmpty() || before.equals("-") || before.equals("+"))) {
      return Optional.empty();
    }
    String word = after.equals("-") ? "" : withoutLastPoint(after.toLowerCase(Locale.ROOT)).strip();
    Optional<Double> factor = factor(word);
    if (factor.isEmpty()) {
      return Optional.empty();
    }
    String core = matcher.group("core");
    String marked = SPACE.matcher(core).replaceAll("");
    return Optional.of(
            new NumberText(
                marked,
                marked.length() < core.length(),
                Optional.ofNullable(matcher.group("exponent")).map(Integer::valueOf),
                negative ? -factor.get() : factor.get(),
                percent,
                money.map(NumberText::code)))
        .filter(
            number ->
                number.value(NumberStyle.POINT).isPresent()
                    || number.value(NumberStyle.COMMA).isPresent());
  }

  /** "MIO" is written as codes of currencies are, and is none. */
  private static boolean isMoney(String written) {
    return !CODE.matcher(written).matches() || CODES.contains(written);
  }

  /** One name for a currency that is written in several ways. */
  private static String code(String written) {
    String plain = withoutLastPoint(written).toUpperCase(Locale.ROOT);
    return SIGNS.getOrDefault(plain, plain);
  }

  private static String withoutLastPoint(String text) {
    return LAST_POINT.matcher(text).replaceFirst("");
  }

  /** Thousands or lakhs in groups, or no groups, and decimals. */
  private static Pattern written(NumberStyle style) {
    String group = Pattern.quote(String.valueOf(style.group()));
    String decimal = Pattern.quote(String.valueOf(style.decimal()));
    String thousands = "\\d{1,3}(?:" + group + "\\d{3})+";
    String lakhs = "\\d{1,2}(?:" + group + "\\d{2})+" + group + "\\d{3}";
    return Pattern.compile(
        "(?:%s|%s|\\d+)(?:%s\\d*)?|%s\\d+".formatted(thousands, lakhs, decimal, decimal));
  }

  /**
   * What the words behind a number make of it: nothing where they name a metric, as in "3 likes".
   */
  private static Optional<Double> factor(String words) {
    if (words.isEmpty() || Headers.KNOWN.metric(words).isPresent()) {
      return Optional.of(1.0);
    }
    String[] parts = words.split("\\.?\\s+", 2);
    boolean known = parts.length == 1 || Headers.KNOWN.metric(parts[1]).isPresent();
    return known ? Optional.ofNullable(FACTORS.get(parts[0])) : Optional.empty();
  }

  /** One alphabet of digits and signs: Arabic-Indic digits, full width, the minus sign. */
  private static String plain(String cell) {
    String text = Normalizer.normalize(cell, Normalizer.Form.NFKC).strip();
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
              } else if (c == 0x2212 || c == 0x2013 || c == 0x2010 || c == 0x2011 || c == 0xfe63) {
                plain.append('-');
              } else if (c == 0x066b) {
                plain.append('.');
              } else if (c == 0x066a) {
                plain.append('%');
              } else if (c != 0x200e && c != 0x200f && c != 0x061c) {
                plain.appendCodePoint(c);
              }
            });
    return QUOTE.matcher(plain).replaceFirst("").strip();
  }

  /** What this number says about the marks of its column. */
  public Evidence evidence() {
    int point = core.lastIndexOf('.');
    int comma = core.lastIndexOf(',');
    if (exponent.isPresent() || (point < 0 && comma < 0)) {
      return Evidence.NONE;
    }
    if (point >= 0 && comma >= 0) {
      return style(point > comma);
    }
    int mark = Math.max(point, comma);
    if (core.indexOf(core.charAt(mark)) != mark) {
      return style(comma >= 0);
    }
    boolean decimals =
        core.length() - mark - 1 != 3 || mark == 0 || mark > 3 || core.charAt(0) == '0' || spaced;
    return decimals ? style(point >= 0) : Evidence.EITHER;
  }

  private static Evidence style(boolean point) {
    return point ? Evidence.POINT : Evidence.COMMA;
  }

  /** Whether it is written without any mark. */
  public boolean isBare() {
    return !spaced && exponent.isEmpty() && core.indexOf('.') < 0 && core.indexOf(',') < 0;
  }

  /**
   * The number in a style, a percentage as it is written (1.2 of "1.2 %").
   *
   * @return empty when it is not written in that style
   */
  public OptionalDouble value(NumberStyle style) {
    NumberStyle read = exponent.isPresent() && isScientific(style.other()) ? style.other() : style;
    if (!WRITTEN.get(read).matcher(core).matches()) {
      return OptionalDouble.empty();
    }
    String digits =
        core.replace(String.valueOf(read.group()), "").replace(read.decimal(), '.')
            + exponent.map(e -> "e" + e).orElse("");
    double value = factor * Double.parseDouble(digits);
    return Double.isFinite(value) ? OptionalDouble.of(rounded(value)) : OptionalDouble.empty();
  }

  private boolean isScientific(NumberStyle style) {
    return SCIENTIFIC.get(style).matcher(core).matches();
  }

  /** 1.1 times a million is 1100000 and not a bit more. */
  private double rounded(double value) {
    return Math.abs(factor) > 1 ? Math.rint(value * 1e6) / 1e6 : value;
  }
}
