package dev.anvil.predict.refit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anvil.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClustersTest {
  private static final int[] ROWS = IntStream.range(0, 60).toArray();

  private static Clusters clusters(int accounts) {
    List<String> names = Arrays.stream(ROWS).mapToObj(i -> "a" + i % accounts).toList();
    return Clusters.of(ROWS, names, ROWS);
  }

  private static long count(Clusters clusters) {
    return Arrays.stream(clusters.of()).distinct().count();
  }

  @Test
  void fifteenAccountsAreResampledAsTheyAre() {
    assertThat(clusters(15).few()).isFalse();
    assertThat(count(clusters(15))).isEqualTo(15);
  }

  @Test
  void fewerAreResampledByWebbsSixWeights() {
    Clusters clusters = clusters(14);
    assertThat(clusters.few()).isTrue();
    SplittableRandom random = Seeds.random(1, "webb");
    TreeSet<Double> found = new TreeSet<>();
    double mean = 0;
    double square = 0;
    int draws = 20_000;
    for (int k = 0; k < draws; k++) {
      double weight = clusters.draw(random).of(0);
      found.add(weight);
      mean += weight / draws;
      square += weight * weight / draws;
    }
    assertThat(found).hasSize(6);
    assertThat(mean).isCloseTo(0, within(.03));
    assertThat(square).isCloseTo(1, within(.03));
  }

  @Test
  void belowFiveAccountsNearDuplicatesAreResampled() {
    assertThat(count(clusters(4))).isEqualTo(60);
    assertThat(count(clusters(5))).isEqualTo(5);
  }

  @Test
  void postsOfAnAccountMoveTogether() {
    double[] target = new double[60];
    Arrays.fill(target, 1);
    double[] moved =
        Resampling.target(target, new double[60], clusters(6), ROWS, Seeds.random(2, "move"));
    for (int i = 6; i < 60; i++) {
      assertThat(moved[i]).isEqualTo(moved[i % 6]);
    }
  }
}
