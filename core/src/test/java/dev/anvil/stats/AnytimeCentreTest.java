package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnytimeCentreTest {
  private static final int SERIES = 120;
  private static final int NUMBERS = 40;

  private static double[] series(long seed, double centre, double sd) {
    Random random = new Random(seed);
    double[] values = new double[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      values[i] = centre + sd * random.nextGaussian();
    }
    return values;
  }

  @Test
  void atMostOneSeriesInTwentyEverLeavesItsTrueCentre() {
    int missed = 0;
    for (int seed = 0; seed < SERIES; seed++) {
      double[] values = series(seed, .1, .2);
      boolean everMissed = false;
      for (int n = 1; n <= NUMBERS; n++) {
        everMissed |= !AnytimeCentre.of(Arrays.copyOf(values, n), .95).contains(.1);
      }
      missed += everMissed ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(SERIES / 20);
  }

  @Test
  void aClearDifferenceIsFoundAtAnyScale() {
    for (double scale : new double[] {.01, 1, 100}) {
      Interval found = AnytimeCentre.of(series(1, scale, .5 * scale), .95);
      assertThat(found.low()).isBetween(.4 * scale, scale);
      assertThat(found.high()).isBetween(scale, 1.6 * scale);
    }
  }

  @Test
  void fewNumbersHaveNoInterval() {
    assertThat(AnytimeCentre.of(new double[] {1, 2}, .95).width()).isInfinite();
  }
}
