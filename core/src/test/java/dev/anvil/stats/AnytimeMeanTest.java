package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AnytimeMeanTest {
  private static final double MEAN = .9;
  private static final int SERIES = 300;
  private static final int NUMBERS = 60;

  @Test
  void atMostOneSeriesInTwentyEverLeavesItsTrueMean() {
    int missed = 0;
    for (int seed = 0; seed < SERIES; seed++) {
      Random random = new Random(seed);
      AnytimeMean mean = new AnytimeMean(.95);
      boolean everMissed = false;
      for (int i = 0; i < NUMBERS; i++) {
        everMissed |= !mean.next(random.nextDouble() < MEAN ? 1 : 0).contains(MEAN);
      }
      missed += everMissed ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(SERIES / 20);
  }

  @Test
  void theIntervalNarrowsAroundTheMean() {
    AnytimeMean mean = new AnytimeMean(.95);
    Interval first = mean.next(.8);
    Interval last = first;
    for (int i = 0; i < NUMBERS; i++) {
      last = mean.next(i % 2 == 0 ? .7 : .9);
    }
    assertThat(first.width()).isGreaterThan(.8);
    assertThat(last.width()).isLessThan(.3);
    assertThat(last.point()).isEqualTo(.8, within(1e-9));
    assertThat(last.contains(.8)).isTrue();
  }

  @Test
  void theEndsOfTheScaleAreNumbersToo() {
    AnytimeMean mean = new AnytimeMean(.95);
    Interval last = mean.next(1);
    for (int i = 0; i < NUMBERS; i++) {
      last = mean.next(1);
    }
    assertThat(last.high()).isEqualTo(1);
    assertThat(last.low()).isBetween(.8, .99);
    assertThatThrownBy(() -> mean.next(1.1)).isInstanceOf(IllegalArgumentException.class);
  }
}
