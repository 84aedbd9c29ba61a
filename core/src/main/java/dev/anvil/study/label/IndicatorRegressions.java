package dev.anvil.study.label;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import dev.anvil.predict.regressor.Refitter;
import dev.anvil.predict.regressor.Regressor;
import java.util.stream.IntStream;

/**
 * Classifies by least squares: one ridge regression per class, on an indicator of it; the class
 * with the largest value wins.
 */
final class IndicatorRegressions {
  private IndicatorRegressions() {}

  /** 1 for rows of a class, else 0. */
  static double[] indicator(int[] classes, int of) {
    return IntStream.of(classes).mapToDouble(c -> c == of ? 1 : 0).toArray();
  }

  /**
   * Values of pictures.
   *
   * @param learned rows of the refitter to learn from
   * @param classes of these rows, from 0
   * @param count of classes
   * @return {@code [picture][class]}
   */
  static double[][] values(
      Refitter refitter,
      int[] learned,
      int[] classes,
      int count,
      Matrix pictures,
      RunContext context) {
    Refitter.Subset subset = refitter.on(learned);
    double[][] values = new double[pictures.rows()][count];
    for (int of = 0; of < count; of++) {
      try (Regressor regressor = subset.fit(indicator(classes, of), context)) {
        double[] predicted = regressor.predict(pictures);
        for (int i = 0; i < predicted.length; i++) {
          values[i][of] = predicted[i];
        }
      }
    }
    return values;
  }

  /** The class with the largest value, the first of equal ones. */
  static int largest(double[] values) {
    return IntStream.range(0, values.length)
        .reduce((a, b) -> values[a] >= values[b] ? a : b)
        .orElseThrow();
  }
}
