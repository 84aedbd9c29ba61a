package dev.anvil.study.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.study.effect.Differences.Resampled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EffectEstimatorTest {
  private static final EffectEstimator ESTIMATOR = new EffectEstimator(EstimationSettings.DEFAULT);

  /** Two seeds, eight refits, of which every source has been seen by about a third. */
  private static Differences contrast(
      String level, boolean placebo, int n, double mean, double sd, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][][] target = new double[n][2][8];
    for (double[][] bySeed : target) {
      double source = mean + sd * gaussian(random);
      for (int r = 0; r < 8; r++) {
        boolean unseen = random.nextDouble() < .65;
        for (double[] byRefit : bySeed) {
          byRefit[r] = unseen ? source + .2 * sd * gaussian(random) : Double.NaN;
        }
      }
    }
    return differences(level, placebo, target);
  }

  private static double gaussian(SplittableRandom random) {
    return random.doubles(12).sum() - 6;
  }

  /** The metric moves by a tenth of what the target does. */
  private static Differences differences(String level, boolean placebo, double[][][] target) {
    double[][][] relative =
        Arrays.stream(target)
            .map(
                rows ->
                    Arrays.stream(rows)
                        .map(row -> Arrays.stream(row).map(v -> v / 10).toArray())
                        .toArray(double[][]::new))
            .toArray(double[][][]::new);
    List<String> sources = IntStream.range(0, target.length).mapToObj(i -> "s" + i).toList();
    return new Differences(
        "colour", level, "control", placebo, sources, target, relative, Resampled.NONE);
  }

  private static double[][][] filled(int n, double value) {
    double[][][] d = new double[n][1][3];
    Arrays.stream(d).flatMap(Arrays::stream).forEach(row -> Arrays.fill(row, value));
    return d;
  }

  private static Effect one(Differences differences) {
    return ESTIMATOR.estimate(List.of(differences)).get(0);
  }

  @Test
  void verdictsFollowWhatWasPutIn() {
    List<Effect> effects =
        ESTIMATOR.estimate(
            List.of(
                contrast("red", false, 30, 1, .5, 1),
                contrast("white", false, 30, -1, .5, 2),
                contrast("blue", false, 30, 0, .3, 3),
                contrast("black", false, 8, .5, 2, 4)));
    assertThat(effects)
        .extracting(Effect::verdict)
        .containsExactly(
            Verdict.HELPS, Verdict.HURTS, Verdict.NO_PRACTICAL_EFFECT, Verdict.NOT_RESOLVED);
    Effect red = effects.get(0);
    assertThat(red.relative().point()).isCloseTo(red.target().point() / 10, within(1e-12));
    assertThat(red.sources()).isEqualTo(30);
    assertThat(red.seeds()).isEqualTo(2);
    assertThat(red.refits()).isEqualTo(8);
    assertThat(red.adjustedP()).isGreaterThanOrEqualTo(red.p());
    assertThat(red.sourcesToResolve()).isEmpty();
    assertThat(red.variance().source() + red.variance().seed() + red.variance().refit())
        .isCloseTo(1, within(1e-12));
    assertThat(effects.get(3).sourcesToResolve().getAsInt()).isGreaterThan(8);
    assertThat(effects.get(3).minimumDetectable()).isGreaterThan(.1);
  }

  @Test
  void estimatesAreTheSameAgainAndDoNotDependOnOrder() {
    Differences red = contrast("red", false, 12, .3, 1, 1);
    Differences blue = contrast("blue", false, 12, .1, 1, 2);
    List<Effect> once = ESTIMATOR.estimate(List.of(red, blue));
    List<Effect> turned = ESTIMATOR.estimate(List.of(blue, red));
    assertThat(turned).containsExactly(once.get(1), once.get(0));
  }

  @Test
  void placebosAreCorrectedAmongThemselves() {
    Differences red = contrast("red", false, 20, .6, 1, 1);
    List<Differences> study = new ArrayList<>(List.of(red));
    for (int k = 0; k < 10; k++) {
      study.add(contrast("null " + k, true, 20, 0, 1, 10 + k));
    }
    List<Effect> effects = ESTIMATOR.estimate(study);
    assertThat(effects.get(0).adjustedP()).isEqualTo(effects.get(0).p());
    assertThat(effects.subList(1, 11)).allMatch(e -> e.placebo() && e.adjustedP() >= e.p());
    assertThat(effects.subList(1, 11)).anyMatch(e -> e.adjustedP() > e.p());
  }

  @Test
  void placebosAreRejectedInAboutFivePercent() {
    int rejected = 0;
    for (int k = 0; k < 200; k++) {
      rejected += one(contrast("null", true, 15, 0, 1, 100 + k)).p() < .05 ? 1 : 0;
    }
    assertThat(rejected / 200.0).isBetween(.01, .1);
  }

  @Test
  void anEffectThatWrongLabelsHideMustBeSmallerToBeNil() {
    Differences small = contrast("red", false, 40, .05, 1, 3);
    Effect whole = ESTIMATOR.estimate(List.of(small)).get(0);
    assertThat(whole.verdict()).isEqualTo(Verdict.NO_PRACTICAL_EFFECT);
    Effect half = ESTIMATOR.estimate(List.of(small), Map.of("colour", .25)).get(0);
    assertThat(half.verdict()).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(half.equivalenceP()).isGreaterThan(whole.equivalenceP());
    assertThat(half.relative()).isEqualTo(whole.relative());
    Differences placebo = contrast("red", true, 40, .05, 1, 3);
    assertThat(ESTIMATOR.estimate(List.of(placebo), Map.of("colour", .25)).get(0).equivalenceP())
        .isEqualTo(whole.equivalenceP());
  }

  @Test
  void zerosEverywhereAreNoPracticalEffect() {
    Effect effect = one(differences("red", false, filled(6, 0)));
    assertThat(effect.verdict()).isEqualTo(Verdict.NO_PRACTICAL_EFFECT);
    assertThat(effect.p()).isEqualTo(1);
    assertThat(effect.target().width()).isZero();
    assertThat(effect.variance()).isEqualTo(new VarianceSplit(0, 0, 0));
  }

  @Test
  void perfectAgreementIsAsSureAsASignTestOfTheSources() {
    Effect few = one(differences("red", false, filled(5, 1)));
    assertThat(few.p()).isEqualTo(1 / 16.0);
    assertThat(few.verdict()).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(few.sourcesToResolve()).hasValue(6);
    Effect more = one(differences("red", false, filled(6, 1)));
    assertThat(more.p()).isEqualTo(1 / 32.0);
    assertThat(more.verdict()).isEqualTo(Verdict.HELPS);
  }

  @Test
  void tooFewSourcesAreInvalidAndLeaveTheCorrectionAlone() {
    Differences red = contrast("red", false, 20, .6, 1, 1);
    List<Effect> effects =
        ESTIMATOR.estimate(
            List.of(
                red,
                contrast("blue", false, 4, 1, .1, 2),
                differences("white", false, filled(1, 1)),
                differences("black", false, filled(9, Double.NaN)),
                differences("none", false, new double[0][][])));
    assertThat(effects.get(0).adjustedP()).isEqualTo(effects.get(0).p());
    assertThat(effects.subList(1, 5))
        .allMatch(e -> e.verdict() == Verdict.INVALID && e.p() == 1 && e.adjustedP() == 1);
    assertThat(effects.get(1).target().width()).isFinite();
    assertThat(effects.get(3).sources()).isZero();
    assertThat(effects.get(3).target().low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ESTIMATOR.estimate(List.of())).isEmpty();
  }

  @Test
  void differencesOfUnequalShapeAreRefused() {
    double[][][] d = filled(2, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Differences(
                    "c", "l", "r", false, List.of("a", "b"), d, filled(3, 1), Resampled.NONE))
        .withMessageContaining("2 sources, 2 rows of target, 3 rows of relative");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Differences("c", "l", "r", false, List.of("a", "a"), d, d, Resampled.NONE))
        .withMessageContaining("source a is given twice");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Differences(
                    "c",
                    "l",
                    "r",
                    false,
                    List.of("a", "b"),
                    d,
                    filled(2, Double.NaN),
                    Resampled.NONE))
        .withMessageContaining("expected both finite or both NaN");
    double[][][] ragged = filled(2, 1);
    ragged[1][0] = new double[2];
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Differences(
                    "c", "l", "r", false, List.of("a", "b"), ragged, ragged, Resampled.NONE))
        .withMessageContaining("source 1, seed 0: 2 refits");
  }

  @Test
  void allProblemsOfTheSettingsAreToldAtOnce() {
    assertThatThrownBy(() -> new EstimationSettings(2, 10, -1, .7, 0, 2, 1))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(6));
  }
}
