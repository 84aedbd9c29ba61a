package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChangePointTest {
  private static final int N = 100;

  private static double[] days() {
    double[] x = new double[N];
    Arrays.setAll(x, i -> 3.0 * i);
    return x;
  }

  private static Optional<ChangePoint> find(double[] y) {
    return ChangePoint.find(days(), y, 1, 199, .05, 1);
  }

  @Test
  void aRampThatLevelsOffIsFoundExactlyWithoutNoise() {
    double[] y = new double[N];
    Arrays.setAll(y, i -> 1000 + 2 * Math.min(3.0 * i, 120));
    ChangePoint found = find(y).orElseThrow();
    assertThat(found.index()).isEqualTo(40);
    assertThat(found.at()).isEqualTo(120);
    assertThat(found.slope()).isCloseTo(2, within(1e-9));
    assertThat(found.level()).isCloseTo(1240, within(1e-9));
    assertThat(found.explained()).isCloseTo(1, within(1e-12));
    assertThat(found.p()).isEqualTo(.005);
  }

  @Test
  void aNoisyRampIsFoundNearby() {
    SplittableRandom random = new SplittableRandom(6);
    double[] y = new double[N];
    Arrays.setAll(y, i -> Math.min(i, 40) / 10.0 + EffectWorld.normal(random));
    assertThat(find(y).orElseThrow().index()).isBetween(30, 50);
  }

  @Test
  void aTrendThatGoesOnIsNoLevellingOff() {
    SplittableRandom random = new SplittableRandom(6);
    double[] y = new double[N];
    Arrays.setAll(y, i -> i / 10.0 + EffectWorld.normal(random));
    assertThat(find(y)).isEmpty();
  }

  @Test
  void noiseAndConstantsHaveNoChange() {
    assertThat(find(new double[N])).isEmpty();
    SplittableRandom random = new SplittableRandom(7);
    int found = 0;
    for (int k = 0; k < 200; k++) {
      double[] y = random.doubles(N).toArray();
      found += ChangePoint.find(days(), y, 1, 99, .05, k).isPresent() ? 1 : 0;
    }
    assertThat(found).isLessThan(19);
  }

  @Test
  void dependentNoiseNeedsBlocks() {
    SplittableRandom random = new SplittableRandom(9);
    int single = 0;
    int blocks = 0;
    for (int k = 0; k < 100; k++) {
      double[] y = new double[300];
      double[] x = new double[300];
      for (int i = 0; i < 300; i++) {
        x[i] = i;
        y[i] = (i == 0 ? 0 : .7 * y[i - 1]) + EffectWorld.normal(random);
      }
      single += ChangePoint.find(x, y, 1, 99, .05, k).isPresent() ? 1 : 0;
      blocks += ChangePoint.find(x, y, 20, 99, .05, k).isPresent() ? 1 : 0;
    }
    assertThat(blocks).isLessThan(single).isLessThan(15);
  }

  @Test
  void shortSeriesHaveNoChangeAndDisorderIsRefused() {
    assertThat(ChangePoint.find(new double[] {1, 2}, new double[] {1, 2}, 1, 99, .05, 1)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChangePoint.find(new double[] {2, 1}, new double[] {1, 2}, 1, 99, .05, 1))
        .withMessageContaining("expected them to rise");
  }
}
