package dev.anvil.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.predict.matrix.Matrix;
import org.junit.jupiter.api.Test;

class PrincipalScoresTest {
  private static Matrix rows() {
    float[] values = new float[9 * 12];
    for (int i = 0; i < 9; i++) {
      for (int k = 0; k < 12; k++) {
        values[i * 12 + k] = (float) (Math.sin(i * 3 + k * k) + (k % 3 == 0 ? i % 4 : 0));
      }
    }
    return new Matrix(9, 12, values);
  }

  /** Against numpy's singular value decomposition of the centred rows; signs are free. */
  @Test
  void scoresAreThoseOfNumpy() {
    double[][] expected = {
      {1.1228985901977664, .4364084826029939, .19157261773096051, 1.4995195503743388},
      {.20755336560356114, 1.4385919373047333, 1.5531953086775203, .22950911750909908}
    };
    Matrix scores = PrincipalScores.of(rows(), 2);
    for (int k = 0; k < 2; k++) {
      for (int i = 0; i < 4; i++) {
        assertThat(Math.abs(scores.get(i, k))).isCloseTo((float) expected[k][i], within(1e-5f));
      }
    }
  }

  @Test
  void moreScoresThanRowsAreRefused() {
    assertThatThrownBy(() -> PrincipalScores.of(rows(), 9))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 9 of 9 rows");
  }
}
