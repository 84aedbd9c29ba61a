package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.format.NumberStyle;
import dev.anvil.campaign.format.NumberText;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How a column's numbers are read, decided from all of its cells.
 *
 * @param kind of the metric
 * @param style of its numbers
 * @param percent whether a number without a percent sign is a percentage too
 */
record MetricColumn(String name, MetricKind kind, NumberStyle style, boolean percent) {
  private static final double HUNDRED = 100;

  MetricColumn {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(style, "style is null");
  }

  /** The kinds of metrics by name. */
  static Map<String, MetricKind> kinds(Map<String, MetricColumn> columns) {
    return columns.values().stream()
        .collect(Collectors.toMap(MetricColumn::name, MetricColumn::kind));
  }

  /** The value that a text has; empty when it has none. */
  OptionalDouble parse(String text) {
    NumberText number = NumberText.of(text).orElse(null);
    if (number == null) {
      return OptionalDouble.empty();
    }
    OptionalDouble written = number.value(style);
    if (written.isEmpty()) {
      return written;
    }
    boolean isShare = kind == MetricKind.RATE && (percent || number.percent());
    double value = isShare ? written.getAsDouble() / HUNDRED : written.getAsDouble();
    return kind.allows(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
