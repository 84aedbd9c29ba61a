package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
    TTest test = TTest.oneSample(differences());
    assertThat(test.t()).isCloseTo(0.4057001066810038, EXACT);
    assertThat(test.p()).isCloseTo(0.6944385555290182, EXACT);
    assertThat(test.interval(.9).low()).isCloseTo(-0.4573912215475117, EXACT);
    assertThat(test.interval(.9).high()).isCloseTo(0.7173912215475113, EXACT);
    assertThatIllegalArgumentException().isThrownBy(() -> TTest.oneSample(.1, .1, .1));
  }

  @Test
  void equivalenceMatchesStatsmodels() {
    TTest test = TTest.oneSample(differences());
    Tost tost = Tost.of(test.mean(), test.standardError(), test.degreesOfFreedom(), .8);
    assertThat(tost.lowerP()).isCloseTo(0.00876457224992796, EXACT);
    assertThat(tost.upperP()).isCloseTo(0.03304254593405017, EXACT);
    assertThat(tost.p()).isEqualTo(tost.upperP());
  }

  @Test
  void histogramsMatchNumpy() {
    double[] values = {
      2.1, 3.4, 1.7, 8.2, 5.5, 4.4, 9.1, 0.3, 4.4, 6.0, 1.9, 4.0, 2.2, 6.1, 5.5, 3.1, 8.8, 1.9, 4.4,
      5.9, 10.0, 12.0, 3.3, 2.8, 5.1, 7.7, 6.6
    };
    Histogram automatic = Histogram.freedmanDiaconis(values);
    assertThat(automatic.counts()).isEqualTo(List.of(6L, 5L, 9L, 2L, 4L, 1L));
    assertThat(automatic.edges().get(1)).isCloseTo(2.25, EXACT);
    assertThat(Histogram.fixed(values, 5).counts()).isEqualTo(List.of(6L, 8L, 7L, 4L, 2L));
  }

  @Test
  void histogramOfEqualValuesHasABinAroundThem() {
    Histogram histogram = Histogram.freedmanDiaconis(new double[] {3, 3});
    assertThat(histogram.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
    assertThat(histogram.edges().get(0)).isEqualTo(2.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Histogram.of(new double[] {4}, new double[] {0, 1}));
  }

  @Test
  void bcaAgreesWithScipyOnASkewedMean() {
    // scipy.stats.bootstrap, BCa, 20,000 resamples of exp(x / 2): 8.31 to 48.47 (a second
    // generator agrees to a few per cent)
    double[] values = Arrays.stream(X).map(v -> Math.exp(v / 2)).toArray();
    double[] draws = new double[20_000];
    SplittableRandom random = Seeds.random(1);
    Arrays.setAll(
        draws, d -> random.ints(10, 0, 10).mapToDouble(i -> values[i]).average().orElseThrow());
    double total = Arrays.stream(values).sum();
    double[] jackknife = Arrays.stream(values).map(v -> (total - v) / 9).toArray();
    Interval interval = Intervals.bca(draws, total / 10, jackknife, .95);
    assertThat(interval.low()).isCloseTo(8.306, within(.4));
    assertThat(interval.high()).isCloseTo(48.47, within(1.5));
  }
}
