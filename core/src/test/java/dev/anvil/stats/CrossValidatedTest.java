package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CrossValidatedTest {
  /** Against scipy 1.17: the t quantile with 4 degrees of freedom, variance times 1/5 + 1/4. */
  @Test
  void intervalsAreThoseOfTheCorrectedResampledT() {
    Interval found = Intervals.crossValidated(new double[] {.3, .1, .25, .4, .2}, .25, .95);
    assertThat(found.point()).isCloseTo(.25, within(1e-12));
    assertThat(found.low()).isCloseTo(.041766617110165494, within(1e-9));
  }
}
