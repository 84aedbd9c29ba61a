package dev.anvil.lab.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Seeds;
import dev.anvil.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaledIntervalsTest {
  private static final double ERROR = .05;

  /** Estimates with a standard error of .05 and intervals of so many times 1.96 of them. */
  private static List<Score> scores(String method, double width, double truth) {
    SplittableRandom random = Seeds.random(4, "scores");
    List<Score> scores = new ArrayList<>();
    for (int world = 0; world < 200; world++) {
      for (int level = 0; level < 10; level++) {
        double estimate = truth + ERROR * gaussian(random);
        double half = width * 1.96 * ERROR;
        scores.add(
            Score.of(
                "plain",
                world,
                method,
                "colour",
                "level " + level,
                false,
                truth,
                Optional.of(new Interval(estimate - half, estimate, estimate + half, .95)),
                Math.abs(estimate) > half));
      }
    }
    return scores;
  }

  private static double gaussian(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private static double claimed(List<Score> scores) {
    return scores.stream().filter(Score::claimed).count() / (double) scores.size();
  }

  @Test
  void narrowIntervalsGainNoPower() {
    List<Score> honest = ScaledIntervals.of(scores("honest", 1, .1));
    List<Score> bold = ScaledIntervals.of(scores("bold", .5, .1));
    assertThat(claimed(scores("bold", .5, .1))).isGreaterThan(.8);
    assertThat(claimed(bold)).isCloseTo(claimed(honest), within(1e-9)).isBetween(.4, .7);
    assertThat(bold.stream().filter(Score::covers).count() / (double) bold.size())
        .isCloseTo(.95, within(.01));
  }

  @Test
  void whereNothingIsTrueFewWorldsClaimAnything() {
    List<Score> scaled = ScaledIntervals.of(scores("bold", .3, 0));
    long worlds = scaled.stream().filter(Score::claimed).map(Score::world).distinct().count();
    assertThat(worlds / 200.0).isLessThan(.09);
  }

  @Test
  void refusalsAndPlacebosClaimNothing() {
    Score refused =
        Score.of("plain", 1, "edits", "colour", "red", false, .1, Optional.empty(), true);
    Score placebo =
        Score.of(
            "plain",
            1,
            "edits",
            "tone",
            "red",
            true,
            0,
            Optional.of(new Interval(.1, .2, .3, .95)),
            true);
    assertThat(ScaledIntervals.of(List.of(refused, placebo)))
        .singleElement()
        .matches(s -> !s.claimed());
  }
}
