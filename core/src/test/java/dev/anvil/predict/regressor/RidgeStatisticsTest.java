package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ridge regression from sums, compared with that from rows. */
class RidgeStatisticsTest {
  private static final int ROWS = 400;
  private static final int COLUMNS = 12;

  private final SplittableRandom random = new SplittableRandom(5);

  /** Columns far from zero, of all scales; one constant, one never known, some values unknown. */
  private float[][] features() {
    float[][] rows = new float[ROWS][COLUMNS];
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < COLUMNS; k++) {
        rows[i][k] = (float) (Math.pow(10, k - 6) * random.nextGaussian() + (k % 3) * 2022);
      }
      rows[i][3] = 7;
      rows[i][4] = Float.NaN;
      if (i % 5 == 0) {
        rows[i][0] = Float.NaN;
        rows[i][9] = Float.NaN;
      }
    }
    return rows;
  }

  private double[] target(float[][] rows) {
    double[] target = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      target[i] = 1000 + 1e-3 * rows[i][9 - 1] + rows[i][11] / 1e5 + random.nextGaussian();
    }
    return target;
  }

  private static RidgeStatistics statistics(float[][] rows, double[] target, int from, int to) {
    RidgeStatistics statistics = new RidgeStatistics(COLUMNS);
    for (int i = from; i < to; i++) {
      statistics.add(rows[i], target[i]);
    }
    return statistics;
  }

  private static Regressor byRows(float[][] rows, double[] target, double penalty) {
    return Ridge.of(penalty)
        .prepare(Matrix.of(rows), target, IntStream.range(0, ROWS).toArray(), RunContext.NONE)
        .on(IntStream.range(0, ROWS).toArray())
        .fit(target, RunContext.NONE);
  }

  @Test
  void equalsTheFitToRowsButForRounding() {
    float[][] rows = features();
    double[] target = target(rows);
    for (double penalty : new double[] {.01, 1, 100}) {
      double[] expected = byRows(rows, target, penalty).predict(Matrix.of(rows));
      double[] found = statistics(rows, target, 0, ROWS).solve(penalty).predict(Matrix.of(rows));
      for (int i = 0; i < ROWS; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(1e-7));
      }
    }
  }

  @Test
  void partsThatAreMergedAreTheWholeButForRounding() {
    float[][] rows = features();
    double[] target = target(rows);
    RidgeStatistics merged = new RidgeStatistics(COLUMNS);
    for (int from = 0; from < ROWS; from += 80) {
      merged.merge(statistics(rows, target, from, from + 80));
    }
    assertThat(merged.rows()).isEqualTo(ROWS);
    double[] expected = byRows(rows, target, 1).predict(Matrix.of(rows));
    double[] found = merged.solve(1).predict(Matrix.of(rows));
    for (int i = 0; i < ROWS; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-7));
    }
  }

  @Test
  void refusesWhatCannotBeFitted() {
    RidgeStatistics one = new RidgeStatistics(2);
    one.add(new float[] {1, 2}, 3);
    assertThatThrownBy(() -> one.solve(1)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> one.add(new float[] {1}, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.add(new float[] {1, 2}, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
