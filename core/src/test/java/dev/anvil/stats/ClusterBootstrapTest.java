package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.RunContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {
  private static double mean(double[] values, int[] times) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += times[i] * values[i];
    }
    return sum / Arrays.stream(times).sum();
  }

  @Test
  void meanOfIndependentGroupsHasTheIntervalOfStudentsT() {
    SplittableRandom random = new SplittableRandom(2);
    double[] values = random.doubles(12).map(Normal::quantile).toArray();
    int[] groups = new int[12];
    Arrays.setAll(groups, i -> 100 - i);
    Interval found =
        new ClusterBootstrap(groups, 20_000, .95, 1).interval(t -> mean(values, t), RunContext.NONE).orElseThrow();
    double width =
        2 * new StudentT(11).quantile(.975) * Descriptive.sd(values) / Math.sqrt(values.length);
    assertThat(found.width()).isCloseTo(width, within(.05 * width));
    assertThat(found.point()).isCloseTo(Descriptive.mean(values), within(1e-12));
  }

  @Test
  void meanOverCorrelatedRowsIsCoveredOnlyWhenGroupsAreResampled() {
    SplittableRandom random = new SplittableRandom(5);
    int byGroup = 0;
    int byRow = 0;
    int repetitions = 500;
    int[] groups = new int[60];
    int[] rows = new int[60];
    Arrays.setAll(groups, i -> i / 4);
    Arrays.setAll(rows, i -> i);
    for (int k = 0; k < repetitions; k++) {
      double[] values = new double[60];
      double common = 0;
      for (int i = 0; i < 60; i++) {
        common = i % 4 == 0 ? EffectWorld.normal(random) : common;
        values[i] = common + .5 * EffectWorld.normal(random);
      }
      byGroup += covers(groups, values, k);
      byRow += covers(rows, values, k);
    }
    assertThat(byGroup / (double) repetitions).isBetween(.925, .975);
    assertThat(byRow / (double) repetitions).isLessThan(.8);
  }

  private static int covers(int[] groups, double[] values, long seed) {
    return new ClusterBootstrap(groups, 300, .95, seed)
            .interval(t -> mean(values, t), RunContext.NONE)
            .orElseThrow()
            .contains(0)
        ? 1
        : 0;
  }

  @Test
  void allMetricsOfAModelHaveIntervalsAroundTheirPoints() {
    SplittableRandom random = new SplittableRandom(3);
    int n = 240;
    double[] actual = new double[n];
    double[] predicted = new double[n];
    int[] month = new int[n];
    int[] group = new int[n];
    for (int i = 0; i < n; i++) {
      predicted[i] = .6 * EffectWorld.normal(random);
      actual[i] = predicted[i] + .8 * EffectWorld.normal(random);
      month[i] = i / 20;
      group[i] = i / 2;
    }
    ClusterBootstrap bootstrap = new ClusterBootstrap(group, 500, .95, 9);
    RegressionIntervals found = RegressionIntervals.of(actual, predicted, month, bootstrap, RunContext.NONE);
    RegressionMetrics metrics = RegressionMetrics.of(actual, predicted, month);
    assertThat(found.rmse().point()).isEqualTo(metrics.rmse());
    assertThat(found.rmse().contains(.8)).isTrue();
    assertThat(found.r2().contains(.36)).isTrue();
    assertThat(found.spearman().orElseThrow().contains(metrics.spearman().getAsDouble())).isTrue();
    assertThat(found.pairAccuracy().orElseThrow().width()).isBetween(.02, .15);
    assertThat(RegressionIntervals.of(actual, predicted, month, bootstrap, RunContext.NONE)).isEqualTo(found);
  }

  @Test
  void aStatisticUndefinedOnTheSampleHasNoInterval() {
    double[] actual = {1, 2, 3, 4};
    double[] same = {2, 2, 2, 2};
    RegressionIntervals found =
        RegressionIntervals.of(
            actual, same, new int[0], new ClusterBootstrap(new int[] {1, 2, 3, 4}, 100, .9, 1), RunContext.NONE);
    assertThat(found.spearman()).isEmpty();
    assertThat(found.pairAccuracy()).isEmpty();
  }

  @Test
  void oneGroupIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClusterBootstrap(new int[] {7, 7}, 100, .95, 1))
        .withMessageContaining("1 groups");
  }
}
