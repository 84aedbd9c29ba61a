package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.stats.EffectWorld.Gaps;
import dev.anvil.stats.HierarchicalBootstrap.Estimate;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HierarchicalBootstrapTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /** One seed, five sources by four refits. */
  private static final double[][][] CROSSED = {
    {{4.26, 1.19, 1.68, 1.41}},
    {{-3.13, -4.3, -2.95, -2.65}},
    {{0.14, 0.08, 0.16, 0.0}},
    {{0.41, -1.2, -1.04, -1.13}},
    {{-0.18, -0.11, -0.76, -1.06}}
  };

  /** Coverage, and so errors of the first kind, at 600 repetitions: standard error .9 %. */
  @ParameterizedTest
  @CsvSource({
    "12, 1, .5, .1, .3, NONE",
    "12, .3, .3, 1, .3, NONE",
    "24, 1, 1, .5, .5, NONE",
    "24, .3, .3, 1, .3, OUT_OF_BAG",
    "24, 1, .5, .1, .3, FOLDS",
    "40, 1, .5, .1, .3, OUT_OF_BAG",
    "40, .3, .3, .3, 1, NONE",
    "40, .3, .3, 1, .3, FOLDS"
  })
  void intervalsOfNinetyFivePercentCoverNinetyFivePercent(
      int n, double source, double seed, double refit, double interaction, Gaps gaps) {
    EffectWorld world = new EffectWorld(n, 2, 10, source, seed, refit, interaction, false, gaps);
    assertThat(coverage(world)).isBetween(.93, .97);
  }

  @Test
  void skewedSourcesAreStillCovered() {
    assertThat(coverage(new EffectWorld(24, 2, 10, 1, .5, .3, .3, true, Gaps.OUT_OF_BAG)))
        .isBetween(.92, .97);
  }

  /**
   * Few sources that refits hardly agree on: components cannot be told apart and are cut off at 0,
   * so the interval errs on the wide side.
   */
  @Test
  void fewSourcesWithLittleAgreementAreCoveredWithCare() {
    assertThat(coverage(new EffectWorld(12, 2, 10, .3, .3, .3, 1, false, Gaps.OUT_OF_BAG)))
        .isBetween(.93, .99);
  }

  /** Share of intervals that hold the truth; checks that p always says the same. */
  private static double coverage(EffectWorld world) {
    SplittableRandom random = new SplittableRandom(11);
    int repetitions = 600;
    int covered = 0;
    for (int k = 0; k < repetitions; k++) {
      BootstrapDistribution found =
          HierarchicalBootstrap.estimate(world.draw(random), 250, k).distribution();
      boolean covers = found.interval(.95).contains(0);
      assertThat(found.p() < .05).isEqualTo(!covers);
      covered += covers ? 1 : 0;
    }
    return covered / (double) repetitions;
  }

  @Test
  void varianceOfABalancedDesignIsThatOfTheAnalysisOfVariance() {
    // statsmodels 0.15.0, anova_lm: mean squares 14.951008, 1.350033, .506854
    VarianceComponents found = VarianceComponents.of(CROSSED);
    assertThat(found.source()).isCloseTo(3.6110383333333322, EXACT);
    assertThat(found.refit()).isCloseTo(0.1686358333333333, EXACT);
    assertThat(found.interaction()).isCloseTo(0.5068541666666667, EXACT);
    assertThat(found.seed()).isZero();
    MeanVariance variance = HierarchicalBootstrap.estimate(CROSSED, 200, 1).variance();
    assertThat(variance.total()).isCloseTo(0.789709333333333, EXACT);
  }

  @Test
  void missingCellsLeaveTheResidualOfTheAdditiveFit() {
    // statsmodels 0.15.0: residual 2.117646 on 9, within sources 3.867075 on 12
    double[][][] gaps = copy(CROSSED);
    gaps[0][0][0] = Double.NaN;
    gaps[2][0][3] = Double.NaN;
    gaps[4][0][1] = Double.NaN;
    VarianceComponents found = VarianceComponents.of(gaps);
    assertThat(found.interaction()).isCloseTo(2.117646 / 9, within(1e-6));
    assertThat(found.refit()).isCloseTo(3.867075 / 12 - 2.117646 / 9, within(1e-6));
  }

  @Test
  void seedsWithinSourcesAreThoseOfTheNestedAnalysisOfVariance() {
    // statsmodels 0.15.0, one-way: components 1.2311990740740733 and .5123666666666667
    double[][] bySeed = {
      {1.35, 1.06, 1.4}, {-2.58, -0.27, -1.46}, {-1.29, -0.13, 0.13}, {0.62, 0.24, 0.9}
    };
    double[][][] d =
        Arrays.stream(bySeed)
            .map(row -> Arrays.stream(row).mapToObj(v -> new double[] {v}).toArray(double[][]::new))
            .toArray(double[][][]::new);
    VarianceComponents found = VarianceComponents.of(d);
    assertThat(found.source()).isCloseTo(1.2311990740740733, EXACT);
    assertThat(found.seed()).isCloseTo(0.5123666666666667, EXACT);
    assertThat(found.correlation()).isCloseTo(1.2311990740740733 / 1.743565740740740, EXACT);
    MeanVariance variance = HierarchicalBootstrap.estimate(d, 200, 1).variance();
    assertThat(variance.seed()).isCloseTo(0.5123666666666667 / 12, EXACT);
    assertThat(variance.source()).isCloseTo(1.2311990740740733 / 4, EXACT);
  }

  @Test
  void componentsAreFoundOnAverageWithGaps() {
    EffectWorld world = new EffectWorld(30, 3, 12, 1, .8, .6, .5, false, Gaps.OUT_OF_BAG);
    SplittableRandom random = new SplittableRandom(8);
    double[] sums = new double[4];
    int repetitions = 300;
    for (int k = 0; k < repetitions; k++) {
      VarianceComponents c = VarianceComponents.of(world.draw(random));
      sums[0] += c.source();
      sums[1] += c.seed();
      sums[2] += c.refit();
      sums[3] += c.interaction();
    }
    assertThat(sums[0] / repetitions).isCloseTo(1, within(.06));
    assertThat(sums[1] / repetitions).isCloseTo(.64, within(.04));
    assertThat(sums[2] / repetitions).isCloseTo(.36, within(.04));
    assertThat(sums[3] / repetitions).isCloseTo(.25, within(.01));
  }

  @Test
  void pointIsTheMeanOverSourcesOfTheMeanOverSeedsAndRefits() {
    double nan = Double.NaN;
    double[][][] d = {
      {{1, nan, 3}, {3, nan, 5}}, {{nan, 10, nan}, {nan, nan, nan}}, {{nan, nan, nan}}, {{0, 0, 0}}
    };
    Estimate found = HierarchicalBootstrap.estimate(d, 200, 1);
    assertThat(found.distribution().point()).isCloseTo(13.0 / 3, EXACT);
    assertThat(found.sources()).isEqualTo(3);
    assertThat(found.seeds()).isEqualTo(2);
    assertThat(found.refits()).isEqualTo(3);
  }

  @Test
  void refitsThatMoveAllSourcesAlikeWidenTheIntervalHoweverManySources() {
    EffectWorld world = new EffectWorld(400, 1, 5, .01, 0, 1, .01, false, Gaps.NONE);
    Estimate found = HierarchicalBootstrap.estimate(world.draw(new SplittableRandom(1)), 400, 1);
    assertThat(found.variance().refit() / found.variance().total()).isGreaterThan(.99);
    assertThat(found.variance().degreesOfFreedom()).isCloseTo(4, within(.1));
  }

  @Test
  void equalSeedsGiveEqualDraws() {
    double[] once = HierarchicalBootstrap.estimate(CROSSED, 300, 5).distribution().draws();
    assertThat(HierarchicalBootstrap.estimate(CROSSED, 300, 5).distribution().draws())
        .isEqualTo(once);
    assertThat(HierarchicalBootstrap.estimate(CROSSED, 300, 6).distribution().draws())
        .isNotEqualTo(once);
  }

  @Test
  void agreementWithoutVarianceIsJudgedBySignsOnly() {
    double[][][] same = new double[6][2][3];
    Arrays.stream(same).flatMap(Arrays::stream).forEach(row -> Arrays.fill(row, .1));
    BootstrapDistribution found = HierarchicalBootstrap.estimate(same, 300, 1).distribution();
    assertThat(found.p()).isEqualTo(1 / 32.0);
    assertThat(found.interval(.95))
        .isEqualTo(new Interval(found.point(), found.point(), found.point(), .95));
    assertThat(Tost.of(found, .2).p()).isEqualTo(1 / 64.0);
    assertThat(Tost.of(found, .05).p()).isEqualTo(1 - 1 / 64.0);
  }

  @Test
  void zerosEverywhereHavePOne() {
    assertThat(HierarchicalBootstrap.estimate(new double[6][1][3], 300, 1).distribution().p())
        .isEqualTo(1);
  }

  @Test
  void pBeyondTheDrawsFollowsStudentsT() {
    double[] draws = new SplittableRandom(1).doubles(500).map(Normal::quantile).toArray();
    Arrays.setAll(draws, i -> 10 + draws[i]);
    BootstrapDistribution up = BootstrapDistribution.of(10, 1, 30, draws);
    assertThat(up.p()).isCloseTo(new StudentT(30).twoSided(10), within(1e-20));
    Arrays.setAll(draws, i -> -draws[i]);
    BootstrapDistribution down = BootstrapDistribution.of(-10, 1, 30, draws);
    assertThat(down.p()).isCloseTo(up.p(), within(1e-20));
  }

  @Test
  void nothingToEstimateIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HierarchicalBootstrap.estimate(new double[1][2][3], 300, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HierarchicalBootstrap.estimate(new double[][][] {{{Double.NaN}}}, 300, 1))
        .withMessageContaining("missing");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> HierarchicalBootstrap.estimate(CROSSED, 50, 1).distribution().interval(.999))
        .withMessageContaining("draws");
  }

  private static double[][][] copy(double[][][] d) {
    return Arrays.stream(d)
        .map(rows -> Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  @Test
  void aRatioOfProportionalMeansHasNoUncertainty() {
    double[][][] half = scaled(CROSSED, .5, 0);
    Interval ratio =
        HierarchicalBootstrap.ratio(
            scaled(CROSSED, 1, 20), new double[0], scaled(half, 1, 10), 500, .95, 3);
    assertThat(ratio.point()).isCloseTo(2, EXACT);
    assertThat(ratio.width()).isCloseTo(0, EXACT);
  }

  /** A denominator without error divides the numerator's interval. */
  @Test
  void aRatioToAConstantIsTheIntervalDivided() {
    double[] resampled = {.1, -.3, .2, .4, -.1};
    double[][][] constant = scaled(CROSSED, 0, .4);
    Interval ratio = HierarchicalBootstrap.ratio(CROSSED, resampled, constant, 4000, .95, 3);
    Interval alone =
        HierarchicalBootstrap.estimate(CROSSED, resampled, VarianceTerm.NONE, 4000, 3)
            .distribution()
            .interval(.95);
    assertThat(ratio.point()).isCloseTo(alone.point() / .4, EXACT);
    assertThat(ratio.low()).isCloseTo(alone.low() / .4, within(.03 * ratio.width()));
    assertThat(ratio.high()).isCloseTo(alone.high() / .4, within(.03 * ratio.width()));
  }

  /**
   * Means of normal samples, 40 sources each: the delta method's standard error of the ratio 1 / .5
   * is sqrt(.3 ^ 2 + (2 * .15) ^ 2) / .5 / sqrt(40) = .134.
   */
  @Test
  void aRatioOfIndependentMeansIsAsUncertainAsTheDeltaMethodSays() {
    SplittableRandom random = new SplittableRandom(5);
    int covered = 0;
    double width = 0;
    for (int k = 0; k < 200; k++) {
      double[][][] above = new double[40][1][1];
      double[][][] below = new double[40][1][1];
      for (int i = 0; i < 40; i++) {
        above[i][0][0] = 1 + .3 * (random.doubles(12).sum() - 6);
        below[i][0][0] = .5 + .15 * (random.doubles(12).sum() - 6);
      }
      Interval ratio = HierarchicalBootstrap.ratio(above, new double[0], below, 400, .95, k);
      covered += ratio.contains(2) ? 1 : 0;
      width += ratio.width() / 200;
    }
    assertThat(covered / 200.0).isBetween(.91, .985);
    assertThat(width).isCloseTo(2 * 2.02 * .134, within(.06));
  }

  private static double[][][] scaled(double[][][] values, double factor, double add) {
    return Arrays.stream(values)
        .map(
            rows ->
                Arrays.stream(rows)
                    .map(row -> Arrays.stream(row).map(v -> factor * v + add).toArray())
                    .toArray(double[][]::new))
        .toArray(double[][][]::new);
  }
}
