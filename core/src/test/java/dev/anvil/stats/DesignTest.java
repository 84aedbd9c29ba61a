package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DesignTest {
  @Test
  void minimumDetectableEffectOfLargeSamplesIsTwoPointEightErrors() {
    // Bloom 1995: 1.96 + .84 standard errors at 80 % power
    assertThat(new Power(.05, .8).minimumDetectable(1, 1e7)).isCloseTo(2.8016, within(1e-3));
  }

  @Test
  void minimumDetectableEffectIsFoundWithTheStatedPower() {
    int n = 15;
    double effect = new Power(.05, .8).minimumDetectable(1 / Math.sqrt(n), n - 1);
    SplittableRandom random = new SplittableRandom(3);
    int found = 0;
    for (int k = 0; k < 4000; k++) {
      double[] values = random.doubles(n).map(p -> effect + Normal.quantile(p)).toArray();
      double t = Descriptive.mean(values) / (Descriptive.sd(values) / Math.sqrt(n));
      found += new StudentT(n - 1).twoSided(t) < .05 ? 1 : 0;
    }
    assertThat(found / 4000.0).isBetween(.78, .83);
  }

  @Test
  void sourcesToResolveMatchTheTextbookForOneSample() {
    // Cohen's d of .5, two-sided .05, power .8: 34 (G*Power 3.1; statsmodels TTestPower: 33.4)
    MeanVariance pilot = new MeanVariance(1 / 10.0, 0, 0, 0, 0, 10, 1, 1, 1);
    assertThat(new Power(.05, .8).sourcesToResolve(.5, .01, pilot).orElseThrow()).isBetween(33, 35);
  }

  @Test
  void anEffectOfNilIsResolvedByEquivalence() {
    MeanVariance pilot = new MeanVariance(1 / 10.0, 0, 0, 0, 0, 10, 1, 1, 1);
    int needed = new Power(.05, .8).sourcesToResolve(0, .5, pilot).orElseThrow();
    // (1.645 + 1.282)^2 / .25 = 34.3 for large samples
    assertThat(needed).isBetween(35, 38);
  }

  @Test
  void sourcesCannotMakeUpForRefitsThatDiffer() {
    MeanVariance pilot = new MeanVariance(.1, 0, 1, .1, 0, 10, 5, 36, 1);
    assertThat(new Power(.05, .8).sourcesToResolve(.5, .6, pilot)).isEmpty();
  }
}
