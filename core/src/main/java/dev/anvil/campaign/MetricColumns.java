package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.Problem;
import dev.anvil.campaign.Formats.RateUnit;
import dev.anvil.campaign.format.NumberColumn;
import dev.anvil.campaign.format.NumberStyle;
import dev.anvil.campaign.format.NumberText;
import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Unit;
import dev.anvil.campaign.table.RawTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides how the numbers of each column are written: by the column itself, by the other columns of
 * the table, by the table's delimiter. What stays open is asked for.
 */
final class MetricColumns {
  private static final double PERCENT_SIGNS = .5;

  private final RawTable table;
  private final Formats formats;
  private final Map<String, NumberColumn> looks = new LinkedHashMap<>();
  private final Optional<NumberStyle> others;
  private final List<Note> notes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /** Looks at all columns of a table. */
  MetricColumns(RawTable table, Formats formats) {
    this.table = table;
    this.formats = formats;
    for (String column : table.columns()) {
      looks.put(column, NumberColumn.of(known(column)));
    }
    this.others = others();
  }

  private List<String> known(String column) {
    return table.known(column).stream().filter(text -> !RowReader.isUnknown(text)).toList();
  }

  /** The one style that columns of numbers show, by themselves or as counts. */
  private Optional<NumberStyle> others() {
    Set<NumberStyle> shown =
        looks.values().stream()
            .filter(NumberColumn::isNumeric)
            .flatMap(look -> look.shown().stream())
            .collect(Collectors.toSet());
    if (shown.isEmpty()) {
      shown =
          looks.entrySet().stream()
              .flatMap(entry -> grouped(entry.getKey(), entry.getValue()).stream())
              .collect(Collectors.toSet());
    }
    if (shown.isEmpty() && table.delimiter().filter(d -> d == ';').isPresent()) {
      shown = Set.of(NumberStyle.COMMA); // spreadsheets use it where the comma sets decimals off
    }
    return shown.size() == 1 ? shown.stream().findFirst() : Optional.empty();
  }

  /** A count has no decimals: a mark before three digits groups, where nothing speaks against. */
  private static Optional<NumberStyle> grouped(String column, NumberColumn look) {
    boolean counted =
        Headers.KNOWN.metric(column).filter(m -> m.unit() == Unit.COUNT).isPresent();
    return counted && look.groupsLikely() && look.isNumeric() ? look.grouped() : Optional.empty();
  }

  /** The style of a column that can be decided. */
  Optional<NumberStyle> style(String column) {
    NumberColumn look = looks.get(column);
    if (formats.numbers().isPresent()) {
      return formats.numbers();
    }
    if (look.isMixed()) {
      return majority(look);
    }
    return look.shown()
        .or(() -> look.isClear() ? Optional.of(NumberStyle.POINT) : Optional.empty())
        .or(() -> grouped(column, look))
        .or(() -> others);
  }

  /** Few cells of the other style are mistakes; many leave it open. */
  private static Optional<NumberStyle> majority(NumberColumn look) {
    int most = Math.max(look.points(), look.commas());
    int least = Math.min(look.points(), look.commas());
    return least * 20 <= most
        ? Optional.of(look.points() > look.commas() ? NumberStyle.POINT : NumberStyle.COMMA)
        : Optional.empty();
  }

  /** How the table's numbers are written, where that is known. */
  Optional<NumberStyle> usual() {
    return formats.numbers().or(() -> others);
  }

  boolean isNumeric(String column) {
    return looks.get(column).isNumeric();
  }

  /**
   * Decides on the metrics. One that is not needed and whose numbers may mean two things is left
   * out.
   *
   * @param needed metrics that may be fitted by default
   * @throws InvalidInputException when the numbers of one that is needed may mean two things
   */
  Map<String, MetricColumn> of(List<String> metrics, Set<String> needed) {
    Map<String, MetricColumn> decided = new TreeMap<>();
    for (String metric : metrics) {
      Optional<NumberStyle> style = style(metric);
      if (style.isEmpty() && needed.contains(metric)) {
        problems.add(open(metric));
      } else if (style.isEmpty()) {
        Problem open = open(metric);
        notes.add(new Note(open.message() + ": it is left out", open.mend()));
      } else {
        decided.put(metric, column(metric, style.get()));
        say(metric, decided.get(metric));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return decided;
  }

  private Problem open(String metric) {
    NumberColumn look = looks.get(metric);
    String why =
        look.isMixed()
            ? "%s has both \"%s\" and \"%s\"; expected one way of writing numbers"
                .formatted(metric, look.point().orElseThrow(), look.comma().orElseThrow())
            : "%s has numbers such as \"%s\", which may mean two things, and no other column tells"
                .formatted(metric, look.either().orElseThrow());
    return new Problem(
        table.file(), why, Optional.of(new Mend("numbers", NumberStyle.COMMA.example())));
  }

  private MetricColumn column(String metric, NumberStyle style) {
    List<NumberText> numbers =
        known(metric).stream().flatMap(cell -> NumberText.of(cell).stream()).toList();
    long signs = numbers.stream().filter(NumberText::percent).count();
    double[] values = values(numbers, style, signs > 0);
    MetricKind kind = MetricKind.of(metric, values);
    double most = Arrays.stream(values(numbers, style, false)).max().orElse(0);
    boolean named = kind == MetricKind.RATE;
    if (signs > PERCENT_SIGNS * numbers.size() || (signs > 0 && named)) {
      kind = most <= 100 ? MetricKind.RATE : MetricKind.AMOUNT;
    } else if (named && (most > 100 || Arrays.stream(values).anyMatch(v -> v < 0))) {
      kind = Arrays.stream(values).anyMatch(v -> v < 0) ? MetricKind.VALUE : MetricKind.AMOUNT;
    }
    boolean percent = kind == MetricKind.RATE && isPercent(metric, numbers, style);
    return new MetricColumn(metric, kind, style, percent);
  }

  /** The numbers; those with a percent sign as shares where {@code shares}. */
  private static double[] values(List<NumberText> numbers, NumberStyle style, boolean shares) {
    return numbers.stream()
        .mapToDouble(
            n -> n.value(style).orElse(Double.NaN) * (shares && n.percent() ? 1e-2 : 1))
        .filter(v -> !Double.isNaN(v))
        .toArray();
  }

  /** Whether numbers without a sign are percentages: by name, range, or the columns behind it. */
  private boolean isPercent(String metric, List<NumberText> numbers, NumberStyle style) {
    double[] bare =
        values(numbers.stream().filter(n -> !n.percent()).toList(), style, /* shares= */ false);
    if (bare.length == 0) {
      return false;
    }
    if (formats.rates().isPresent()) {
      return formats.rates().get() == RateUnit.PERCENT;
    }
    if (metric.contains("%") || metric.toLowerCase(Locale.ROOT).contains("percent")) {
      return true;
    }
    if (Arrays.stream(bare).anyMatch(v -> v > 1)) {
      return true;
    }
    OptionalDouble scale = new ClickRate(table, this::style).scale(metric);
    if (scale.isPresent()) {
      return scale.getAsDouble() > 10;
    }
    notes.add(
        Note.of(
            "%s is read as shares from 0 to 1, so that 0.5 is 50 %%".formatted(metric),
            "rates",
            "percent"));
    return false;
  }

  private void say(String metric, MetricColumn column) {
    Optional<String> marked =
        looks
            .get(metric)
            .either()
            .or(
                () ->
                    known(metric).stream()
                        .filter(cell -> NumberText.of(cell).filter(n -> !n.isBare()).isPresent())
                        .max((a, b) -> Integer.compare(a.length(), b.length())))
            .filter(
                cell ->
                    column.parse(cell).isPresent()
                        && !shown(column.parse(cell).getAsDouble()).equals(cell));
    marked.ifPresent(
        cell ->
            notes.add(
                new Note(
                    "%s: \"%s\" is read as %s"
                        .formatted(metric, cell, shown(column.parse(cell).getAsDouble())),
                    looks.get(metric).either().isEmpty()
                            || looks.get(metric).shown().isPresent()
                            || formats.numbers().isPresent()
                        ? Optional.empty()
                        : Optional.of(new Mend("numbers", column.style().other().example())))));
  }

  private static String shown(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** What was decided and why it matters. */
  List<Note> notes() {
    return notes;
  }

  /** A cell of metadata as plain decimals where its column is numbers in a style that is known. */
  String plain(String column, String cell) {
    NumberColumn look = looks.get(column);
    if (look.numbers() < look.cells() || look.isClear() && look.shown().isEmpty()) {
      return cell;
    }
    return style(column)
        .flatMap(style -> NumberText.of(cell).map(number -> number.value(style)))
        .filter(OptionalDouble::isPresent)
        .map(value -> shown(value.getAsDouble()))
        .orElse(cell);
  }
}
