package dev.anvil.predict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Posts with similar predictions: their mean prediction against their mean target. A calibrated
 * regressor has the two alike in every bin.
 */
public record CalibrationBin(double predicted, double actual, int posts) {

  /**
   * Bins of about equal size, lowest predictions first.
   *
   * @param bins for example 10 for deciles; fewer are made when there are fewer posts
   */
  public static List<CalibrationBin> of(double[] actual, double[] predicted, int bins) {
    if (actual.length != predicted.length || bins < 1) {
      throw new IllegalArgumentException(
          "found %d actual and %d predicted values for %d bins"
              .formatted(actual.length, predicted.length, bins));
    }
    int[] order =
        IntStream.range(0, actual.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> predicted[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int count = Math.min(bins, actual.length);
    return IntStream.range(0, count)
        .mapToObj(
            bin -> {
              int from = (int) ((long) bin * actual.length / count);
              int to = (int) ((long) (bin + 1) * actual.length / count);
              return new CalibrationBin(
                  IntStream.range(from, to)
                      .mapToDouble(i -> predicted[order[i]])
                      .average()
                      .orElseThrow(),
                  IntStream.range(from, to)
                      .mapToDouble(i -> actual[order[i]])
                      .average()
                      .orElseThrow(),
                  to - from);
            })
        .toList();
  }
}
