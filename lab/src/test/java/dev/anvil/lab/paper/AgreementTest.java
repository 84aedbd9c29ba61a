package dev.anvil.lab.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.lab.paper.Agreement.Pair;
import dev.anvil.stats.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand. */
class AgreementTest {
  @Test
  void countsIntervalsAndMeasuresSlopeAndError() {
    Agreement agreement =
        Agreement.of(
            List.of(
                new Pair(new Interval(.05, .1, .15, .95), .2),
                new Pair(new Interval(-.3, -.2, -.1, .95), -.2)));

    assertThat(agreement.effects()).isEqualTo(2);
    assertThat(agreement.inside()).isEqualTo(1);
    assertThat(agreement.slope()).isEqualTo(.06 / .08, within(1e-12));
    assertThat(agreement.error()).isEqualTo(Math.sqrt(.005), within(1e-12));
  }
}
