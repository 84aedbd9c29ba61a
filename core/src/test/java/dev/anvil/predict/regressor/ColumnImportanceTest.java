package dev.anvil.predict.regressor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Matrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnImportanceTest {
  private static final int ROWS = 320;
  private static final int[] GROUPS = IntStream.range(0, ROWS).toArray();

  /** A balanced design of three columns of -1 and 1. */
  private static Matrix design() {
    float[] values = new float[3 * ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < 3; k++) {
        values[3 * i + k] = (i >> k) % 2 == 0 ? 1 : -1;
      }
    }
    return new Matrix(ROWS, 3, values);
  }

  private static double[] target(Matrix x) {
    return IntStream.range(0, ROWS).mapToDouble(i -> 2 * x.get(i, 0) + x.get(i, 1)).toArray();
  }

  /**
   * By algebra for the target 2a + b of variance 5: a gains four times as much as b, and shuffling
   * raises the squared error by twice the variance of a column's part, 8 and 2. The trees' penalty
   * shrinks both a little.
   */
  @Test
  void importancesAreThoseOfAlgebra() {
    Matrix x = design();
    XgBoost trees = new XgBoost(new XgBoost.Settings("few", 30, 2, .3, 64, 1, 0, 1, 7));

    List<ColumnImportance> found =
        ColumnImportance.of(trees, x, List.of("a", "b", "c"), target(x), GROUPS, 3, RunContext.NONE);

    assertThat(found).extracting(ColumnImportance::column).containsExactly("a", "b", "c");
    assertThat(found.get(0).gain().point()).isCloseTo(.8, within(.02));
    assertThat(found.get(1).gain().point()).isCloseTo(.2, within(.02));
    assertThat(found.get(0).permutation().point()).isCloseTo(8 / 5., within(.1));
    assertThat(found.get(1).permutation().point()).isCloseTo(2 / 5., within(.05));
    assertThat(found.get(0).permutation().contains(8 / 5.)).isTrue();
    assertThat(found.get(2).permutation().point()).isCloseTo(0, within(1e-3));
  }

  @Test
  void onlyTreesHaveGains() {
    Matrix x = design();
    assertThatThrownBy(
            () -> ColumnImportance.of(Ridge.of(1), x, List.of("a", "b", "c"), target(x), GROUPS, 3, RunContext.NONE))
        .hasMessageContaining("ridge grows no trees");
  }
}
