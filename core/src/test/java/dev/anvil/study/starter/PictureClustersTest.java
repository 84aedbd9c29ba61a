package dev.anvil.study.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PictureClustersTest {
  private static final int COLUMNS = 30;

  /** Rows round so many centres. */
  private static float[][] rows(int perCentre, int centres) {
    SplittableRandom random = new SplittableRandom(5);
    float[][] middle = new float[centres][COLUMNS];
    for (float[] centre : middle) {
      for (int k = 0; k < COLUMNS; k++) {
        centre[k] = (float) (3 * random.nextGaussian());
      }
    }
    float[][] rows = new float[perCentre * centres][COLUMNS];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < COLUMNS; k++) {
        rows[i][k] = middle[i % centres][k] + (float) random.nextGaussian();
      }
    }
    return rows;
  }

  @Test
  void asManyClustersAreFoundAsThereAre() {
    float[][] rows = rows(30, 4);

    PictureClusters clusters = PictureClusters.of(rows, 1).orElseThrow();

    assertThat(clusters.count()).isEqualTo(4);
    for (int i = 4; i < rows.length; i++) {
      assertThat(clusters.of(rows[i])).isEqualTo(clusters.of(rows[i % 4]));
    }
    assertThat(clusters.isApart(0)).isTrue();
  }

  @Test
  void theSameSeedFindsTheSameClusters() {
    float[][] rows = rows(30, 3);

    PictureClusters one = PictureClusters.of(rows, 7).orElseThrow();
    PictureClusters other = PictureClusters.of(rows, 7).orElseThrow();

    assertThat(one.clusters().label()).isEqualTo(other.clusters().label());
  }

  @Test
  void noiseHasNoClusters() {
    assertThat(PictureClusters.of(rows(120, 1), 1)).isEmpty();
  }

  @Test
  void fewPicturesAreNotClustered() {
    assertThat(PictureClusters.of(rows(3, 3), 1)).isEmpty();
  }
}
