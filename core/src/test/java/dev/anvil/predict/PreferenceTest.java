package dev.anvil.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.predict.Evaluation.Result;
import dev.anvil.predict.split.Split;
import dev.anvil.stats.ClusterBootstrap;
import dev.anvil.stats.RegressionIntervals;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreferenceTest {
  private static final int POSTS = 200;
  private static final int[] ALONE = IntStream.range(0, POSTS + 2).toArray();

  private final double[] actual =
      new SplittableRandom(4).doubles(POSTS).map(u -> 2 * u - 1).toArray();

  @Test
  void aRegressorThatIsBetterByAHairIsNotPreferredToTheSimplest() {
    Preference preference =
        Preference.of(List.of(predicting("ridge", .50, 1), predicting("trees", .505, 2)), ALONE);
    assertThat(preference)
        .isEqualTo(
            new Preference("ridge", "no other regressor is clearly better on unseen groups"));
  }

  @Test
  void aRegressorThatIsClearlyBetterIsPreferred() {
    assertThat(
            Preference.of(List.of(predicting("ridge", .2, 1), predicting("trees", .8, 2)), ALONE))
        .isEqualTo(new Preference("trees", "clearly better than ridge on unseen groups"));
  }

  @Test
  void theBestOfSeveralClearlyBetterOnesIsPreferred() {
    assertThat(
            Preference.of(
                    List.of(
                        predicting("ridge", .2, 1),
                        predicting("trees", .8, 2),
                        predicting("blend", .9, 3)),
                    ALONE)
                .chosen())
        .isEqualTo("blend");
  }

  @Test
  void aWorseRegressorIsNeverPreferred() {
    assertThat(
            Preference.of(List.of(predicting("ridge", .8, 1), predicting("trees", .2, 2)), ALONE))
        .isEqualTo(new Preference("ridge", "best on unseen groups"));
  }

  @Test
  void postsOfOneGroupCountTogether() {
    Result ridge = predicting("ridge", .5, 1);
    Result trees = predicting("trees", .62, 2);
    assertThat(Preference.of(List.of(ridge, trees), ALONE).chosen()).isEqualTo("trees");
    int[] one = new int[POSTS + 2];
    assertThat(Preference.of(List.of(ridge, trees), one).chosen()).isEqualTo("ridge");
  }

  /** Predicts a share of every target, and noise. */
  private Result predicting(String name, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] predicted =
        IntStream.range(0, POSTS)
            .mapToDouble(i -> share * actual[i] + .3 * (random.nextDouble() - .5))
            .toArray();
    Split split = new Split("grouped", new int[] {0, 1}, IntStream.range(2, POSTS + 2).toArray());
    return new Result(
        name,
        Map.of(),
        split,
        actual,
        predicted,
        RegressionIntervals.of(
            actual,
            predicted,
            new int[POSTS],
            new ClusterBootstrap(IntStream.range(0, POSTS).toArray(), 100, .95, 1),
            RunContext.NONE));
  }
}
