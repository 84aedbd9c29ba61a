package dev.anvil.study.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.study.effect.Differences.Resampled;
import dev.anvil.study.effect.Disagreement.Contrasts;
import dev.anvil.study.spec.StudyFile;
import dev.anvil.study.spec.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DisagreementTest {
  private static final int SOURCES = 40;
  private static final int RESAMPLES = 40;
  private static final double NOISE = .02;

  private final SplittableRandom random = new SplittableRandom(3);

  private static StudySpec study(String... levels) {
    StringBuilder text =
        new StringBuilder(
            """
            anvil: study/1
            factors:
              colour:
                element: car
                editor: recolor
                reference: average
                levels:
            """);
    for (String level : levels) {
      text.append("      ").append(level).append(": {colour: \"#b01020\"}\n");
    }
    return StudyFile.parse(text.toString(), "study.yaml");
  }

  private Differences contrast(String level, double effect, double spread) {
    double[][][] values = new double[SOURCES][1][1];
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      values[i][0][0] = effect + spread * random.nextGaussian();
      sources.add("source" + i);
    }
    return new Differences(
        "colour", level, StudySpec.AVERAGE, false, sources, values, values.clone(), Resampled.NONE);
  }

  /** Contrasts with these effects; those of resamples vary by {@link #NOISE}. */
  private Contrasts contrasts(String[] levels, double[] effects) {
    List<Differences> own = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      own.add(contrast(levels[l], effects[l], .001));
    }
    List<List<Differences>> resampled = new ArrayList<>();
    for (int k = 0; k < RESAMPLES; k++) {
      List<Differences> one = new ArrayList<>();
      for (int l = 0; l < levels.length; l++) {
        one.add(contrast(levels[l], effects[l] + NOISE * random.nextGaussian(), .001));
      }
      resampled.add(one);
    }
    return new Contrasts(own, resampled);
  }

  private static final String[] COLOURS = {"red", "blue", "green", "black", "white"};

  @Test
  void editsThatMoveTheModelOtherwiseThanPostsAddVariance() {
    double[] byLabels = {.3, .1, 0, -.1, -.3};
    double[] corrected = {.1, .2, .1, -.2, -.2};
    List<Resampled> found =
        Disagreement.of(
            study(COLOURS), contrasts(COLOURS, corrected), contrasts(COLOURS, byLabels));
    // the squared differences are .04, .01, .01, .01, .01: their sum over 4 degrees of freedom
    double expected = .08 / 4 - 2 * NOISE * NOISE;
    assertThat(found).hasSize(5);
    for (Resampled one : found) {
      assertThat(one.disagreement().target().variance()).isCloseTo(expected, within(.0004));
      assertThat(one.disagreement().target().degreesOfFreedom()).isEqualTo(4);
      assertThat(one.disagreement().relative().variance()).isCloseTo(expected, within(.0004));
    }
  }

  @Test
  void differencesWithinNoiseAddNothing() {
    double[] effects = {.3, .1, 0, -.1, -.3};
    List<Resampled> found =
        Disagreement.of(study(COLOURS), contrasts(COLOURS, effects), contrasts(COLOURS, effects));
    assertThat(found)
        .allSatisfy(one -> assertThat(one.disagreement().target().variance()).isZero());
  }

  @Test
  void twoLevelsSayTooLittleOfADisagreement() {
    String[] two = {"red", "blue"};
    List<Resampled> found =
        Disagreement.of(
            study(two),
            contrasts(two, new double[] {.5, -.5}),
            contrasts(two, new double[] {0, 0}));
    assertThat(found)
        .allSatisfy(one -> assertThat(one.disagreement()).isEqualTo(Disagreement.NONE));
  }
}
