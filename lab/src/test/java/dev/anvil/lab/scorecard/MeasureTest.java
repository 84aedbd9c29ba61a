package dev.anvil.lab.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.lab.scorecard.Measure.Measured;
import dev.anvil.stats.Interval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand. */
class MeasureTest {
  private static final List<Score> SCORES =
      List.of(
          score(1, "a", .1, .12, true),
          score(1, "b", -.2, -.1, true),
          score(1, "c", 0, .01, true),
          score(2, "a", .2, -.04, true),
          score(2, "b", .1, .02, false),
          placebo(1, .03, true),
          placebo(2, .01, false),
          Score.of("plain", 2, "edits", "colour", "c", false, .3, Optional.empty(), true));

  private static Score score(
      long world, String level, double truth, double estimate, boolean claimed) {
    return Score.of(
        "plain", world, "edits", "colour", level, false, truth, around(estimate), claimed);
  }

  private static Score placebo(long world, double estimate, boolean claimed) {
    return Score.of("plain", world, "edits", "tone", "tone", true, 0, around(estimate), claimed);
  }

  private static Optional<Interval> around(double estimate) {
    return Optional.of(new Interval(estimate - .05, estimate, estimate + .05, .95));
  }

  private static Measured measure(String words) {
    return Measure.ALL.stream()
        .filter(m -> m.words().equals(words))
        .findFirst()
        .orElseThrow()
        .of(SCORES);
  }

  @Test
  void sharesCountTheContrastsTheyAreAbout() {
    assertThat(measure("answered").value()).isEqualTo(5 / 6.0);
    assertThat(measure("coverage").value()).isEqualTo(2 / 5.0);
    assertThat(measure("right sign").value()).isEqualTo(3 / 4.0);
    assertThat(measure("power at 10 %").value()).isEqualTo(1 / 2.0);
    assertThat(measure("placebos claimed").value()).isEqualTo(1 / 2.0);
  }

  @Test
  void aClaimOfTheWrongSignOrOfNothingIsFalse() {
    // one of three claims of the first world, the only one of the second
    assertThat(measure("false discoveries").value()).isEqualTo((1 / 3.0 + 1) / 2);
  }

  @Test
  void errorsAreThoseOfTheEstimates() {
    assertThat(measure("bias").value()).isCloseTo(-.19 / 5, within(1e-12));
    assertThat(measure("RMSE").value())
        .isCloseTo(
            Math.sqrt((.02 * .02 + .1 * .1 + .01 * .01 + .24 * .24 + .08 * .08) / 5),
            within(1e-12));
    // numpy.polyfit([.1, -.2, 0, .2, .1], [.12, -.1, .01, -.04, .02], 1)[0]
    assertThat(measure("slope").value()).isCloseTo(.27826, within(1e-4));
  }

  @Test
  void theErrorIsThatOfTheJackknifeOverWorlds() {
    // without the first world 1 of 2 is covered, without the second 2 of 3
    double first = 0 / 2.0;
    double second = 2 / 3.0;
    double mean = (first + second) / 2;
    assertThat(measure("coverage").error())
        .isCloseTo(
            Math.sqrt((Math.pow(first - mean, 2) + Math.pow(second - mean, 2)) / 2), within(1e-12));
  }

  @Test
  void nothingIsSaidOfNothing() {
    assertThat(Measure.ALL.get(1).of(List.of()).value()).isNaN();
  }
}
