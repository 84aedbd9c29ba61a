package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AucTest {
  private static double[][] normals(int rows, int columns, SplittableRandom random) {
    double[][] out = new double[rows][columns];
    for (double[] row : out) {
      for (int j = 0; j < columns; j++) {
        row[j] = EffectWorld.normal(random);
      }
    }
    return out;
  }

  @Test
  void areaMatchesScikitLearnWithTies() {
    // roc_auc_score, scikit-learn 1.9.1
    double[] positives = {.9, .8, .4, .7, .7};
    double[] negatives = {.1, .4, .7, .2};
    assertThat(Auc.of(positives, negatives)).isCloseTo(.875, within(1e-12));
    assertThat(Auc.of(negatives, positives)).isCloseTo(.125, within(1e-12));
  }

  @Test
  void areaIsCoveredAlsoNearOne() {
    for (double shift : new double[] {0, 1, 2.5}) {
      double truth = Normal.cdf(shift / Math.sqrt(2));
      SplittableRandom random = new SplittableRandom(1);
      int covered = 0;
      for (int k = 0; k < 1000; k++) {
        double[] positives = random.doubles(15).map(p -> shift + Normal.quantile(p)).toArray();
        double[] negatives = random.doubles(25).map(Normal::quantile).toArray();
        covered += Auc.interval(positives, negatives, .95).contains(truth) ? 1 : 0;
      }
      assertThat(covered / 1000.0).as("shift %s", shift).isBetween(.93, .985);
    }
  }

  @Test
  void perfectSeparationKeepsAnIntervalWithWidth() {
    Interval interval = Auc.interval(new double[] {2, 3, 4}, new double[] {0, 1}, .95);
    assertThat(interval.point()).isEqualTo(1);
    assertThat(interval.high()).isEqualTo(1);
    assertThat(interval.low()).isBetween(.2, .8);
  }

  @Test
  void equalEmbeddingsAreToldApartExactlyHalfTheTime() {
    double[][] same = normals(30, 50, new SplittableRandom(1));
    assertThat(ProbeAuc.of(same, same, 5, .95, 1).point()).isEqualTo(.5);
  }

  @Test
  void aSmallSystematicShiftIsFoundUnderLargeDifferencesOfSources() {
    SplittableRandom random = new SplittableRandom(2);
    double[][] original = normals(40, 30, random);
    double[][] edited = normals(40, 30, random);
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 30; j++) {
        edited[i][j] = original[i][j] + .05 * edited[i][j] + (j < 3 ? 1.2 : 0);
      }
    }
    Interval found = ProbeAuc.of(edited, original, 5, .95, 1);
    assertThat(found.low()).isGreaterThan(.6);
    assertThat(ProbeAuc.of(edited, original, 5, .95, 1)).isEqualTo(found);
  }

  @Test
  void anEditorWithoutFingerprintIsSaidToHaveOneInAtMostAboutFivePercent() {
    SplittableRandom random = new SplittableRandom(3);
    int covered = 0;
    double sum = 0;
    for (int k = 0; k < 200; k++) {
      double[][] original = normals(30, 40, random);
      double[][] edited = normals(30, 40, random);
      for (int i = 0; i < 30; i++) {
        for (int j = 0; j < 40; j++) {
          double common = original[i][j];
          edited[i][j] = common + .5 * edited[i][j];
          original[i][j] = common + .5 * EffectWorld.normal(random);
        }
      }
      Interval found = ProbeAuc.of(edited, original, 5, .95, k);
      covered += found.contains(.5) ? 1 : 0;
      sum += found.point();
    }
    assertThat(sum / 200).isCloseTo(.5, within(.01));
    assertThat(covered / 200.0).isGreaterThan(.93);
  }

  @Test
  void unequalSetsAreRefused() {
    double[][] three = new double[3][2];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbeAuc.of(three, new double[2][2], 2, .95, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ProbeAuc.of(three, three, 4, .95, 1));
  }
}
