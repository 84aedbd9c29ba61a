package dev.anvil.lab.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.lab.alarm.AlarmRates.FatigueRate;
import dev.anvil.lab.alarm.AlarmRates.Rate;
import dev.anvil.monitor.Fatigue.Verdict;
import org.junit.jupiter.api.Test;

class AlarmRatesTest {
  private static final int SEEDS = 12;

  @Test
  void dropsAreFoundAndUsualRulesAreAlarmedWithoutOne() {
    for (Rate rate : ShiftRates.measure(SEEDS, RunContext.NONE)) {
      assertThat(rate.changes().get(2).share()).isEqualTo(1);
      if (rate.rule().contains("best month")) {
        assertThat(rate.falseAlarms()).isGreaterThan(.8);
      }
    }
  }

  @Test
  void fatigueIsFoundWhereItIsAndSeldomElsewhere() {
    for (FatigueRate rate : FatigueRates.measure(4 * SEEDS, RunContext.NONE)) {
      double tires = rate.verdicts().getOrDefault(Verdict.TIRES, 0.);
      if (rate.loss() == 0) {
        assertThat(tires).isLessThan(.15);
        assertThat(rate.underPeak()).isGreaterThan(.9);
      }
      if (rate.loss() == .2) {
        assertThat(tires).isGreaterThan(.9);
      }
    }
  }

  @Test
  void otherPicturesAreFoundAndOldOnesAreNot() {
    for (Rate rate : DriftRates.measure(3, RunContext.NONE)) {
      if (rate.rule().startsWith("Anvil")) {
        assertThat(rate.falseAlarms()).isLessThan(.5);
        assertThat(rate.changes().get(2).share()).isGreaterThan(.5);
      }
    }
  }
}
