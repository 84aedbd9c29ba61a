package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomEffectsTest {
  /** Log odds ratios of 13 trials of BCG vaccine and their variances (Colditz et al. 1994). */
  private static final double[] BCG = {
    -.8893, -1.5854, -1.3481, -1.4416, -.2175, -.7861, -1.6209, .0120, -.4694, -1.3713, -.3394,
    .4459, -.0173
  };

  private static final double[] BCG_VARIANCES = {
    .3256, .1946, .4154, .0200, .0512, .0069, .2230, .0040, .0564, .0730, .0124, .5325, .0714
  };

  private static double[] errors(double... variances) {
    return Arrays.stream(variances).map(Math::sqrt).toArray();
  }

  @Test
  void heterogeneityMakesTheWeightedSumOfSquaresEqualToItsExpectation() {
    RandomEffects found = RandomEffects.of(BCG, errors(BCG_VARIANCES));
    double squares = 0;
    for (int i = 0; i < BCG.length; i++) {
      squares +=
          Math.pow(BCG[i] - found.pooled(), 2) / (BCG_VARIANCES[i] + found.tau() * found.tau());
    }
    assertThat(squares).isCloseTo(12, within(1e-6));
    assertThat(found.pooled()).isBetween(-.76, -.70);
    assertThat(found.tau() * found.tau()).isBetween(.3, .37);
  }

  @Test
  void equalEffectsPoolToThemselvesWithTheErrorOfTheWeights() {
    RandomEffects found = RandomEffects.of(new double[] {.2, .2, .2, .2}, errors(1, 1, 1, 1));
    assertThat(found.tau()).isZero();
    assertThat(found.pooled()).isCloseTo(.2, within(1e-12));
    assertThat(found.standardError()).isCloseTo(.5, within(1e-12));
  }

  @Test
  void predictionIntervalOfANewGroupIsWiderThanThatOfTheMean() {
    RandomEffects found =
        RandomEffects.of(new double[] {0, 1, 2, 3, 4}, errors(.01, .01, .01, .01, .01));
    assertThat(found.tau()).isCloseTo(Math.sqrt(2.5 - .01), within(1e-6));
    assertThat(found.standardError()).isCloseTo(Math.sqrt(.5), within(1e-6));
    // t(4) = 2.776, t(3) = 3.182
    assertThat(found.interval(.95).high()).isCloseTo(2 + 2.7764 * Math.sqrt(.5), within(1e-3));
    assertThat(found.prediction(.95).high())
        .isBetween(2 + 2.7764 * Math.sqrt(2.49 + .5), 2 + 3.1824 * Math.sqrt(2.49 + .5));
  }

  @Test
  void groupsThatAreUnsureAreDrawnTowardsTheMean() {
    RandomEffects found =
        RandomEffects.of(new double[] {0, 1, 2, 3, 9}, errors(.01, .01, .01, .01, 9));
    assertThat(found.shrunken()[0]).isCloseTo(0, within(.05));
    assertThat(found.shrunken()[4]).isBetween(found.pooled(), 6.0);
  }

  @Test
  void intervalsForANewGroupHoldItsEffectThoughTheSpreadIsOftenEstimatedAsNil() {
    SplittableRandom random = new SplittableRandom(8);
    int within = 0;
    int nil = 0;
    int worlds = 400;
    for (int world = 0; world < worlds; world++) {
      double[] errors = new double[12];
      double[] effects = new double[12];
      for (int g = 0; g < effects.length; g++) {
        errors[g] = .05 + .1 * random.nextDouble();
        effects[g] = .1 + .06 * random.nextGaussian() + errors[g] * random.nextGaussian();
      }
      double other = .1 + .06 * random.nextGaussian();
      RandomEffects found = RandomEffects.of(effects, errors);
      Interval expected = found.prediction(.95);
      within += expected.low() <= other && other <= expected.high() ? 1 : 0;
      nil += found.tau() == 0 ? 1 : 0;
    }
    assertThat(nil).isGreaterThan(worlds / 8);
    assertThat(within / (double) worlds).isBetween(.93, .98);
  }

  @Test
  void ofTwoGroupsNothingIsSaidOfOthers() {
    RandomEffects found = RandomEffects.of(new double[] {1, 2}, new double[] {1, 1});
    assertThatThrownBy(() -> found.prediction(.95)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void oneGroupIsRefused() {
    assertThatThrownBy(() -> RandomEffects.of(new double[] {1}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
