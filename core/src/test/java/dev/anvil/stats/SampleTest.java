package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected values: numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0. */
class SampleTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final double[] X = {2.1, 3.4, 1.7, 8.2, 5.5, 4.4, 9.1, 0.3, 4.4, 6.0};
  private static final double[] Y = {1.9, 4.0, 2.2, 6.1, 5.5, 3.1, 8.8, 1.9, 4.4, 5.9};

  private static double[] differences() {
    double[] d = new double[X.length];
    Arrays.setAll(d, i -> X[i] - Y[i]);
    return d;
  }

  @Test
  void descriptionMatchesNumpyAndScipy() {
    Descriptive d = Descriptive.of(X);
    assertThat(d.count()).isEqualTo(10);
    assertThat(d.mean()).isCloseTo(4.51, EXACT);
    assertThat(d.sd()).isCloseTo(2.8001785657346923, EXACT);
    assertThat(d.median()).isCloseTo(4.4, EXACT);
    assertThat(d.mad()).isCloseTo(1.95, EXACT);
    assertThat(d.minimum()).isEqualTo(.3);
    assertThat(d.maximum()).isEqualTo(9.1);
    assertThat(Descriptive.quantile(X, .1)).isCloseTo(1.56, EXACT);
    assertThat(Descriptive.quantile(X, .25)).isCloseTo(2.425, EXACT);
    assertThat(Descriptive.quantile(X, .9)).isCloseTo(8.29, EXACT);
    assertThat(Descriptive.of(3).sd()).isZero();
  }

  @Test
  void nanInfinityAndEmptinessAreRefusedByPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Descriptive.of(1, Double.NaN))
        .withMessage("values[1] is NaN; expected a finite number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Descriptive.mean(Double.POSITIVE_INFINITY));
    assertThatIllegalArgumentException().isThrownBy(Descriptive::of);
    assertThatIllegalArgumentException().isThrownBy(() -> Descriptive.sd(1));
  }

  @Test
  void correlationsMatchScipyWithTies() {
    assertThat(Correlation.pearson(X, Y).getAsDouble()).isCloseTo(0.9435867836657345, EXACT);
    assertThat(Correlation.spearman(X, Y).getAsDouble()).isCloseTo(0.9573170731707318, EXACT);
    assertThat(Correlation.ranks(new double[] {5, 1, 5, 0})).containsExactly(3.5, 2, 3.5, 1);
  }

  @Test
  void correlationWithAConstantIsUnknown() {
    double[] constant = new double[10];
    Arrays.fill(constant, .1);
    assertThat(Correlation.pearson(X, constant)).isEmpty();
    assertThat(Correlation.spearman(constant, X)).isEmpty();
  }

  @Test
  void regressionMetricsMatchScikitLearn() {
    RegressionMetrics m = RegressionMetrics.of(X, Y);
    assertThat(m.rows()).isEqualTo(10);
    assertThat(m.rmse()).isCloseTo(0.9700515450222219, EXACT);
    assertThat(m.mae()).isCloseTo(0.67, EXACT);
    assertThat(m.r2()).isCloseTo(0.8666553302441582, EXACT);
    assertThat(m.spearman().getAsDouble()).isCloseTo(0.9573170731707318, EXACT);
    assertThat(m.pairAccuracy()).isEmpty();
  }

  @Test
  void pairsAreCountedWithinBlocksAndTiesByHalf() {
    double[] actual = {1, 2, 3, 10, 20, 20, 5};
    double[] predicted = {1, 3, 2, 7, 7, 6, 0};
    int[] month = {1, 1, 1, 2, 2, 2, 3};
    // month 1: 2 of 3 right; month 2: a tie and a wrong one, the equal actuals make no pair
    assertThat(RegressionMetrics.of(actual, predicted, month).pairAccuracy().getAsDouble())
        .isCloseTo(2.5 / 5, EXACT);
  }

  @Test
  void predictingOneNumberHasNoRankCorrelationAndEvenPairs() {
    double[] same = new double[10];
    Arrays.fill(same, 4.51);
    RegressionMetrics m = RegressionMetrics.of(X, same, new int[10]);
    assertThat(m.r2()).isCloseTo(0, EXACT);
    assertThat(m.spearman()).isEmpty();
    assertThat(m.pairAccuracy()).hasValue(.5);
  }

  @Test
  void metricsOfAResampleAreThoseOfItsRows() {
    int[] times = {0, 2, 1, 3, 0, 1, 1, 0, 1, 1};
    double[] x = new double[10];
    double[] y = new double[10];
    int at = 0;
    for (int i = 0; i < 10; i++) {
      for (int k = 0; k < times[i]; k++) {
        x[at] = X[i];
        y[at++] = Y[i];
      }
    }
    RegressionMetrics expected = RegressionMetrics.of(x, y, new int[10]);
    double[] found = new RegressionSample(X, Y, new int[10]).metrics(times);
    assertThat(found[0]).isCloseTo(expected.rmse(), EXACT);
    assertThat(found[1]).isCloseTo(expected.mae(), EXACT);
    assertThat(found[2]).isCloseTo(expected.r2(), EXACT);
    assertThat(found[3]).isCloseTo(expected.spearman().getAsDouble(), EXACT);
    assertThat(found[4]).isCloseTo(expected.pairAccuracy().getAsDouble(), EXACT);
  }

  @Test
  void benjaminiHochbergMatchesStatsmodels() {
    double[] adjusted = BenjaminiHochberg.adjust(.01, .04, .03, .005, .2, .04, .9);
    double[] expected = {.035, .056, .056, .035, 0.23333333333333334, .056, .9};
    assertThat(adjusted).containsExactly(expected, EXACT);
    assertThat(BenjaminiHochberg.adjust()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> BenjaminiHochberg.adjust(.1, Double.NaN));
  }

  @Test
  void oneSampleTestMatchesScipy() {
    StudentT t = new StudentT(9);
    double error = Descriptive.sd(differences()) / Math.sqrt(10);
    double mean = Descriptive.mean(differences());
    assertThat(t.twoSided(mean / error)).isCloseTo(0.6944385555290182, EXACT);
    assertThat(mean + error * t.quantile(.05)).isCloseTo(-0.4573912215475117, EXACT);
    assertThat(mean + error * t.quantile(.95)).isCloseTo(0.7173912215475113, EXACT);
  }

  @Test
  void equivalenceMatchesStatsmodels() {
    double error = Descriptive.sd(differences()) / Math.sqrt(10);
    Tost tost = Tost.of(Descriptive.mean(differences()), error, 9, .8);
    assertThat(tost.lowerP()).isCloseTo(0.00876457224992796, EXACT);
    assertThat(tost.upperP()).isCloseTo(0.03304254593405017, EXACT);
    assertThat(tost.p()).isEqualTo(tost.upperP());
  }
}
