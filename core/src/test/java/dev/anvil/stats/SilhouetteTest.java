package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SilhouetteTest {
  @Test
  void rowsNearTheirOwnClusterAndFarFromTheNextAreNearOne() {
    double[][] rows = {{0}, {1}, {10}, {11}};

    double[] values = Silhouette.of(rows, new int[] {0, 0, 1, 1}, 2);

    // by hand: own distance 1, mean distance to the other cluster 10.5 and 9.5
    assertThat(values[0]).isCloseTo(1 - 1 / 10.5, within(1e-12));
    assertThat(values[1]).isCloseTo(1 - 1 / 9.5, within(1e-12));
  }

  @Test
  void aRowInTheWrongClusterIsNegativeAndALoneOneIsZero() {
    double[][] rows = {{0}, {1}, {10}, {.5}};

    double[] values = Silhouette.of(rows, new int[] {0, 0, 1, 1}, 2);

    assertThat(values[3]).isNegative();
    assertThat(Silhouette.of(rows, new int[] {0, 0, 1, 0}, 2)[2]).isZero();
  }
}
