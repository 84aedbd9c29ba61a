package dev.anvil.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GaussianMixtureTest {
  private static final int EACH = 200;

  /** Two clouds, the second twice as wide, their centres eight units apart. */
  private static double[][] points() {
    Random random = new Random(5);
    double[][] points = new double[2 * EACH][2];
    for (int i = 0; i < points.length; i++) {
      double wide = i < EACH ? 1 : 2;
      points[i][0] = (i < EACH ? 0 : 8) + wide * random.nextGaussian();
      points[i][1] = wide * random.nextGaussian();
    }
    return points;
  }

  private static long wrong(double[][] posteriors) {
    return IntStream.range(0, posteriors.length)
        .filter(i -> (posteriors[i][0] > .5) != (i < EACH))
        .count();
  }

  @Test
  void pointsWithoutAClassAreTakenForTheCloudThatTheyLieIn() {
    int[] start = new int[2 * EACH];
    Arrays.fill(start, -1);
    for (int i = 0; i < 20; i++) {
      start[i] = 0;
      start[EACH + i] = 1;
    }
    assertThat(wrong(GaussianMixture.posteriors(points(), start, 2))).isLessThan(12);
  }

  @Test
  void aFewWrongClassesAreMended() {
    int[] start =
        IntStream.range(0, 2 * EACH).map(i -> (i < EACH) == (i % 8 != 0) ? 0 : 1).toArray();
    assertThat(wrong(GaussianMixture.posteriors(points(), start, 2))).isLessThan(12);
  }

  @Test
  void chancesOfAPointSumToOneAndAreEvenWhereCloudsMeet() {
    double[][] line = {{-1.5}, {-1}, {-.5}, {.5}, {1}, {1.5}, {0}};
    double[][] found = GaussianMixture.posteriors(line, new int[] {0, 0, 0, 1, 1, 1, -1}, 2);
    for (double[] chances : found) {
      assertThat(chances[0] + chances[1]).isCloseTo(1, within(1e-12));
    }
    assertThat(found[6][0]).isCloseTo(.5, within(1e-6));
    assertThat(found[0][0]).isGreaterThan(.99);
  }

  @Test
  void aClassThatNoPointHasIsRefused() {
    assertThatThrownBy(
            () -> GaussianMixture.posteriors(new double[][] {{0}, {1}}, new int[] {0, -1}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no point is of class 1");
  }
}
