package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlphaSpendingTest {
  @Test
  void looksSpendTheErrorOnceAndEarlyOnesLittleOfIt() {
    AlphaSpending spending = AlphaSpending.every(10, 10, 40);
    assertThat(spending.sizes()).containsExactly(10, 20, 30, 40);
    // squares of .25, .5, .75, 1, less each other
    assertThat(IntStream.range(0, 4).mapToObj(spending::share))
        .containsExactly(.0625, .1875, .3125, .4375);
  }

  @Test
  void theLastLookIsAtAllThereIs() {
    assertThat(AlphaSpending.every(15, 10, 40).sizes()).containsExactly(15, 25, 35, 40);
    assertThat(AlphaSpending.every(40, 10, 40).sizes()).containsExactly(40);
    assertThat(new AlphaSpending(List.of(40)).share(0)).isEqualTo(1);
  }

  @Test
  void sizesThatDoNotRiseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AlphaSpending(List.of(10, 10)));
    assertThatIllegalArgumentException().isThrownBy(() -> new AlphaSpending(List.of()));
  }

  /** The adversary stops at the first analysis whose interval misses the truth. */
  @Test
  void intervalsHoldEvenIfStoppedWhenTheyAreWorst() {
    AlphaSpending spending = AlphaSpending.every(10, 10, 40);
    SplittableRandom random = Seeds.random(8, "stopping");
    int trials = 4000;
    int missed = 0;
    int missedIfNotSpent = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] values = random.doubles(40).toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = Normal.quantile(values[i]);
      }
      missed += misses(values, spending, true) ? 1 : 0;
      missedIfNotSpent += misses(values, spending, false) ? 1 : 0;
    }
    assertThat((double) missed / trials).isLessThan(.05);
    assertThat((double) missedIfNotSpent / trials).isCloseTo(.126, within(.02));
  }

  private static boolean misses(double[] values, AlphaSpending spending, boolean spent) {
    double sum = 0;
    int next = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
      if (i + 1 == spending.sizes().get(next)) {
        double alpha = .05 * (spent ? spending.share(next) : 1);
        if (Math.abs(sum) / Math.sqrt(i + 1.0) > Normal.quantile(1 - alpha / 2)) {
          return true;
        }
        next++;
      }
    }
    return false;
  }
}
