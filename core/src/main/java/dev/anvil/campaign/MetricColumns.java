package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.Mend;
import dev.anvil.Problem;
import dev.anvil.campaign.Formats.RateUnit;
import dev.anvil.campaign.format.NumberColumn;
import dev.anvil.campaign.format.NumberStyle;
import dev.anvil.campaign.format.NumberText;
import dev.anvil.campaign.table.RawTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides what each metric is: its kind, how its numbers are written, and in which unit. What stays
 * open is asked for.
 */
final class MetricColumns {
  private static final double PERCENT_SIGNS = .5;

  private final RawTable table;
  private final Formats formats;
  private final NumberStyles styles;
  private final List<Note> notes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  MetricColumns(RawTable table, Formats formats, NumberStyles styles) {
    this.table = table;
    this.formats = formats;
    this.styles = styles;
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
      Optional<NumberStyle> style = styles.style(metric);
      if (style.isEmpty() && needed.contains(metric)) {
        problems.add(open(metric));
      } else if (style.isEmpty()) {
        Problem open = open(metric);
        notes.add(new Note(open.message() + ": it is left out", open.mend()));
      } else {
        decided.put(metric, column(metric, style.get()));
        say(metric, decided.get(metric));
        sayFractions(decided.get(metric));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return decided;
  }

  private Problem open(String metric) {
    NumberColumn look = styles.look(metric);
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
        styles.known(metric).stream().flatMap(cell -> NumberText.of(cell).stream()).toList();
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
        .mapToDouble(n -> n.value(style).orElse(Double.NaN) * (shares && n.percent() ? 1e-2 : 1))
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
    OptionalDouble scale = new ClickRate(table, styles::style).scale(metric);
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
        styles
            .look(metric)
            .either()
            .or(
                () ->
                    styles.known(metric).stream()
                        .filter(cell -> NumberText.of(cell).filter(n -> !n.isBare()).isPresent())
                        .max((a, b) -> Integer.compare(a.length(), b.length())))
            .filter(
                cell ->
                    column.parse(cell).isPresent()
                        && !Decimals.plain(column.parse(cell).getAsDouble()).equals(cell));
    marked.ifPresent(
        cell ->
            notes.add(
                new Note(
                    "%s: \"%s\" is read as %s"
                        .formatted(metric, cell, Decimals.plain(column.parse(cell).getAsDouble())),
                    styles.look(metric).either().isEmpty()
                            || styles.look(metric).shown().isPresent()
                            || styles.told().isPresent()
                        ? Optional.empty()
                        : Optional.of(new Mend("numbers", column.style().other().example())))));
  }

  /** Likes are whole: fractions may be thousands whose mark was lost before the export. */
  private void sayFractions(MetricColumn column) {
    if (column.kind() == MetricKind.AMOUNT && MetricKind.isWhole(column.name())) {
      styles.known(column.name()).stream()
          .flatMapToDouble(cell -> column.parse(cell).stream())
          .filter(value -> value != Math.rint(value))
          .findFirst()
          .ifPresent(
              value ->
                  notes.add(
                      Note.of(
                          "%s: %s is a fraction, which no count is: it is read as an amount; if it stands for thousands, a spreadsheet took their mark for a decimal point: export again"
                              .formatted(column.name(), Decimals.plain(value)))));
    }
  }

  /** What was decided and why it matters. */
  List<Note> notes() {
    return notes;
  }
}
