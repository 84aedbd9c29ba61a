package dev.anvil.campaign;

import dev.anvil.campaign.format.NumberStyle;
import dev.anvil.campaign.format.NumberText;
import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.table.RawTable;
import dev.anvil.campaign.table.RawTable.RawRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Tells the unit of a click-through rate by the clicks and impressions beside it. */
record ClickRate(RawTable table, Function<String, Optional<NumberStyle>> style) {
  private static final double WITHIN = .05;

  /** 100 for percentages, 1 for shares; empty when the table has no columns that fit. */
  OptionalDouble scale(String rate) {
    for (String clicks : named("link click", "click", "outbound click", "engagement", "result")) {
      for (String shown : named("impression", "view", "reach")) {
        double ratio = median(rate, clicks, shown);
        for (double scale : new double[] {1, 100}) {
          if (Math.abs(ratio / scale - 1) < WITHIN) {
            return OptionalDouble.of(scale);
          }
        }
      }
    }
    return OptionalDouble.empty();
  }

  private List<String> named(String... words) {
    return Arrays.stream(words)
        .flatMap(
            word ->
                table.columns().stream()
                    .filter(
                        column ->
                            Headers.KNOWN
                                .metric(column)
                                .filter(metric -> metric.word().equals(word))
                                .isPresent()))
        .toList();
  }

  private double median(String rate, String clicks, String shown) {
    double[] ratios =
        table.rows().stream()
            .mapToDouble(row -> value(row, rate) * value(row, shown) / value(row, clicks))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return ratios.length == 0 ? Double.NaN : ratios[ratios.length / 2];
  }

  private double value(RawRow row, String column) {
    return style
        .apply(column)
        .flatMap(
            known -> NumberText.of(table.value(row, column)).map(number -> number.value(known)))
        .orElse(OptionalDouble.empty())
        .orElse(Double.NaN);
  }
}
