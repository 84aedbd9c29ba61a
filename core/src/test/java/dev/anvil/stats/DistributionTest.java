package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values: scipy 1.17.1, scipy.stats.norm and scipy.stats.t. */
class DistributionTest {
  @ParameterizedTest
  @CsvSource({
    "-37, 5.7255712225239266e-300",
    "-8, 6.22096057427174e-16",
    "-2.5, 0.006209665325776132",
    "-1.96, 0.024997895148220435",
    "0, 0.5",
    "0.3, 0.6179114221889526",
    "1.99, 0.9767045322497881",
    "2.01, 0.9777844055705686",
    "5, 0.9999997133484281"
  })
  void normalCdfMatchesScipy(double z, double expected) {
    assertThat(Normal.cdf(z)).isCloseTo(expected, within(1e-12 * expected));
  }

  @ParameterizedTest
  @CsvSource({
    "1e-300, -37.0470962993612",
    "1e-12, -7.034483825301131",
    "0.001, -3.090232306167813",
    "0.025, -1.9599639845400545",
    "0.3, -0.5244005127080409",
    "0.5, 0",
    "0.9, 1.2815515655446004",
    "0.999999, 4.753424308817087"
  })
  void normalQuantileMatchesScipy(double p, double expected) {
    assertThat(Normal.quantile(p)).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, -2, 0.22275744509156564",
    "1, -50, 0.006365349100972797",
    "1, 0.5, 0.6475836176504333",
    "2.5, -3, 0.036288047774515914",
    "5, 2.57, 0.9749823415689665",
    "11, -2.2, 0.02504305549090214",
    "30, 0.01, 0.5039562537134111",
    "200, -12, 1.2110680026233124e-25",
    "1e6, 1.96, 0.9750019662073651",
    "1e8, -1.5, 0.06680720284735372"
  })
  void studentCdfMatchesScipy(double df, double t, double expected) {
    assertThat(new StudentT(df).cdf(t)).isCloseTo(expected, within(1e-12 * expected));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.2, -2.5127179536659185",
    "1, 0.001, -318.30883898555044",
    "1, 1e-9, -318309886.1837907",
    "2, 0.975, 4.302652729749462",
    "4.7, 0.025, -2.6207260753531707",
    "11, 0.975, 2.200985160091639",
    "39, 0.9, 1.303638588621274",
    "1e4, 0.4999, -0.0002506690967374758",
    "1e6, 0.975, 1.959966356814107"
  })
  void studentQuantileMatchesScipy(double df, double p, double expected) {
    assertThat(new StudentT(df).quantile(p))
        .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void studentWithInfiniteDegreesOfFreedomIsNormal() {
    StudentT t = new StudentT(Double.POSITIVE_INFINITY);
    assertThat(t.cdf(1.3)).isEqualTo(Normal.cdf(1.3));
    assertThat(t.quantile(.2)).isEqualTo(Normal.quantile(.2));
    assertThat(t.ofNormal(1.3)).isEqualTo(1.3);
  }

  @ParameterizedTest
  @CsvSource({"5, .95", "11, .975", "11, .9995", "39, .975"})
  void normalScoreIsCarriedToStudentWithinOnePercent(double df, double p) {
    double exact = new StudentT(df).quantile(p);
    assertThat(new StudentT(df).ofNormal(Normal.quantile(p))).isCloseTo(exact, within(.01 * exact));
    assertThat(new StudentT(df).ofNormal(-1)).isEqualTo(-new StudentT(df).ofNormal(1));
  }

  @Test
  void endsAndNonsense() {
    assertThat(Normal.cdf(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Normal.cdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new StudentT(3).quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(new StudentT(3).cdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> Normal.quantile(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Normal.cdf(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new StudentT(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new StudentT(3).cdf(Double.NaN));
  }
}
