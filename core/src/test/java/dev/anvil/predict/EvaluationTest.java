package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.predict.matrix.Data;
import dev.anvil.predict.regressor.MeanOnly;
import dev.anvil.predict.regressor.Ridge;
import dev.anvil.predict.regressor.XgBoost;
import dev.anvil.predict.split.Split;
import dev.anvil.predict.split.Splits;
import dev.anvil.stats.Interval;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private final Data data = Data.of(300, 10, .5, 2);

  @Test
  void everyTrainerIsTestedOnEverySplitOutOfSample() {
    List<Split> splits = Splits.all(data.knownTimes(), data.groups(), 1);
    Evaluation evaluation =
        Evaluation.of(
            List.of(new MeanOnly(), Ridge.chosen()),
            splits,
            split -> data.target(),
            data.features(),
            data.groups(),
            data.knownTimes(),
            1,
            RunContext.NONE);
    assertThat(evaluation.results())
        .extracting(r -> r.trainer() + " " + r.split().name())
        .containsExactly(
            "mean random",
            "mean temporal",
            "mean grouped",
            "ridge random",
            "ridge temporal",
            "ridge grouped");
    for (Evaluation.Result result : evaluation.results()) {
      double r2 = result.metrics().r2().point();
      if (result.trainer().equals("mean")) {
        assertThat(r2).isLessThanOrEqualTo(0);
        assertThat(result.metrics().spearman()).isEmpty();
      } else {
        // the signal's variance is 1.36, the noise's .25: a perfect model has R2 .84
        assertThat(r2).isBetween(.75, .92);
        assertThat(result.metrics().r2().contains(.84)).isTrue();
        assertThat(result.metrics().pairAccuracy().orElseThrow().low()).isGreaterThan(.7);
      }
      assertThat(result.predicted()).hasSize(result.split().test().length);
    }
  }

  @Test
  void evaluationsRepeatToTheBit() {
    assertThat(rmse()).isEqualTo(rmse());
  }

  private Interval rmse() {
    return Evaluation.of(
            List.of(XgBoost.fast(1, 3)),
            List.of(Splits.grouped(data.groups(), .2, 1)),
            split -> data.target(),
            data.features(),
            data.groups(),
            data.knownTimes(),
            1,
            RunContext.NONE)
        .results()
        .get(0)
        .metrics()
        .rmse();
  }

  @Test
  void conformalIntervalsCoverAtTheTargetLevelOverManyCampaigns() {
    SplittableRandom random = Seeds.random(4);
    double covered = 0;
    int campaigns = 2000;
    for (int c = 0; c < campaigns; c++) {
      covered +=
          Conformal.of(absolute(random, 60), absolute(random, 20), .9, Conformal.Way.TIME)
              .achieved();
    }
    // the guarantee for exchangeable errors: from .9 to .9 + 1/61
    assertThat(covered / campaigns).isBetween(.895, .9 + 1.0 / 61 + .005);
  }

  private static double[] absolute(SplittableRandom random, int count) {
    return DoubleStream.generate(() -> Math.abs(Data.gaussian(random))).limit(count).toArray();
  }

  @Test
  void aTrainedRegressorsIntervalsCoverNewerPosts() {
    Conformal conformal =
        Conformal.measure(
            Ridge.chosen(),
            data.features(),
            training -> {
              // what is known of targets comes from the oldest 60 %
              assertThat(training).hasSize(180);
              return data.target();
            },
            data.groups(),
            data.knownTimes(),
            .8,
            RunContext.NONE);
    assertThat(conformal.calibrationPosts()).isEqualTo(60);
    assertThat(conformal.testPosts()).isEqualTo(60);
    // noise of deviation .5: the 80 % half-width is 1.2816 * .5 = .64
    assertThat(conformal.halfWidth()).isCloseTo(.64, within(.2));
    assertThat(conformal.achieved()).isBetween(.65, .95);
  }

  @Test
  void tooFewPostsForTheLevelAreRefused() {
    assertThatThrownBy(() -> Conformal.of(new double[18], new double[3], .95, Conformal.Way.TIME))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 18")
        .hasMessageContaining("at least 19");
    assertThat(Conformal.of(new double[19], new double[3], .95, Conformal.Way.TIME).halfWidth())
        .isZero();
  }

  @Test
  void withoutTimesPostsOfOtherGroupsCalibrate() {
    SplittableRandom random = Seeds.random(6);
    double covered = 0;
    for (int c = 0; c < 500; c++) {
      Conformal crossed =
          Conformal.crossed(absolute(random, 40), IntStream.range(0, 40).toArray(), .9, c)
              .orElseThrow();
      assertThat(crossed.way()).isEqualTo(Conformal.Way.GROUPS);
      covered += crossed.achieved() / 500;
    }
    assertThat(covered).isBetween(.895, .955);
    assertThat(Conformal.crossed(new double[8], IntStream.range(0, 8).toArray(), .9, 1)).isEmpty();
    assertThat(Conformal.crossed(new double[9], IntStream.range(0, 9).toArray(), .9, 1))
        .isPresent();
  }
}
